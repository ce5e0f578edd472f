import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const FOLDER = join(import.meta.dirname, "..", "..", "..", "node_modules", ".cache", "imagewright", "moto-5");
const PACKAGES = ["moto[server]>=5,<6"];

/** The program of moto's server in a virtual environment of its own, made once; undefined where PyPI cannot be reached. */
export function motoProgram(): string | undefined {
  const complete = join(FOLDER, "complete");
  if (!existsSync(complete)) {
    mkdirSync(FOLDER, { recursive: true });
    const install = ["install", "--quiet", "--retries", "0", "--disable-pip-version-check", ...PACKAGES];
    if (!succeeds("python3", ["-m", "venv", FOLDER]) || !succeeds(join(FOLDER, "bin", "pip"), install)) return undefined;
    writeFileSync(complete, "");
  }
  return join(FOLDER, "bin", "moto_server");
}

function succeeds(command: string, parameters: readonly string[]): boolean {
  return spawnSync(command, parameters, { stdio: "ignore" }).status === 0;
}

/** A running server of moto, which has the services of AWS in its memory. */
export interface Moto {
  readonly url: string;
  readonly port: number;
  /** Ends it; what it has is gone. */
  stop(): Promise<void>;
}

/** Starts one at a port; 0 is a free one. */
export async function startMoto(program: string, port = 0): Promise<Moto> {
  const server = spawn(program, ["-p", String(port), "-H", "127.0.0.1"], { stdio: ["ignore", "ignore", "pipe"] });
  const url = await urlOf(server);
  return {
    ...{ url, port: Number(new URL(url).port) },
    stop: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, "exit");
      server.kill("SIGKILL");
      await ended;
    },
  };
}

async function urlOf({ stderr }: ChildProcess): Promise<string> {
  if (stderr === null) throw new Error("moto has no output");
  for await (const line of createInterface(stderr)) {
    const [, url] = /Running on (http:\S+)/.exec(line) ?? [];
    if (url === undefined) continue;
    // what it says later is read by nobody, and must not fill the pipe
    stderr.resume();
    return url;
  }
  throw new Error("moto has ended");
}

import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Certificate } from "@imagewright/test-kit";

export interface RegistryOfTest {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  readonly folder: string;
  stop(): Promise<void>;
}

export interface RegistryForm {
  readonly tls?: Certificate | undefined;
  /** A line of htpasswd, in bcrypt. */
  readonly user?: string | undefined;
  readonly port?: number | undefined;
  /** Whether manifests may be deleted; they may by default. */
  readonly deletes?: boolean | undefined;
}

/** Why there is no registry here; undefined if there is one. */
export function registryProblem(): string | undefined {
  const missing = [
    ["skopeo", "skopeo"],
    ["docker-registry", "docker-registry"],
  ].find(([command = ""]) => spawnSync(command, ["--version"]).status !== 0);
  return missing && `needs ${missing[1]}`;
}

/** Starts Debian's docker-registry on a free port of loopback, with its content in a folder. */
export async function startRegistry(folder: string, { tls, user, port, deletes = true }: RegistryForm = {}): Promise<RegistryOfTest> {
  const address = `127.0.0.1:${port ?? (await freePort())}`;
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const settings = {
    version: "0.1",
    log: { level: "error", accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, "content") }, delete: { enabled: deletes } },
    http: { addr: address, ...(tls && { tls: { certificate: file("cert.pem", tls.cert), key: file("key.pem", tls.key) } }) },
    ...(user !== undefined && { auth: { htpasswd: { realm: "test", path: file("htpasswd", `${user}\n`) } } }),
  };
  const child = spawn("docker-registry", ["serve", file("registry.json", JSON.stringify(settings))], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  const url = `http://${address}/v2/`;
  while (child.exitCode === null) {
    // with TLS it answers that it wants it
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return { address, folder, stop };
    await sleep(20);
  }
  throw new Error("docker-registry has ended");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

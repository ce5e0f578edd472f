import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Failure } from "../failure.js";
import type { Json } from "../json.js";
import type { SceneOptions } from "./scene.js";

export interface DurabilityUnderTest {
  /** A JavaScript file that calls `runContractProgram`, run by Node in a process of its own for each part of an execution. */
  readonly program: string;
  /** Added to the environment of that process. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly cleanUp: () => Promise<void>;
}

/** What the program printed: an outcome, or nothing when it was killed. */
export type Printed = { readonly result: Json } | { readonly failure: Failure } | "killed";

export interface RunningChild {
  readonly child: ChildProcess;
  readonly printed: Promise<Printed>;
}

/** Starts and continues executions in child processes, and reads what they logged. */
export class Executions {
  constructor(
    private readonly under: DurabilityUnderTest,
    private readonly folder: string,
  ) {}

  start(execution: string, workflow: string, options: SceneOptions = {}): RunningChild {
    return this.#spawn(execution, "run", workflow, JSON.stringify(options));
  }

  run(execution: string, workflow: string, options: SceneOptions = {}): Promise<Printed> {
    return this.start(execution, workflow, options).printed;
  }

  send(execution: string, key: string, value: Json): Promise<Printed> {
    return this.#spawn(execution, "send", key, JSON.stringify(value)).printed;
  }

  /** The lines that all processes of the execution have logged. */
  log(execution: string): string[] {
    const path = join(this.folder, `${execution}.log`);
    return existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
  }

  /** The tokens with which the effect of each step has run, by the step's name. */
  effects(execution: string): Readonly<Record<string, string[]>> {
    const effects: Record<string, string[]> = {};
    for (const line of this.log(execution)) {
      const [, name = "", token = ""] = /^effect (.+) (\S+)$/.exec(line) ?? [];
      if (name !== "") (effects[name] ??= []).push(token);
    }
    return effects;
  }

  async reached(execution: string, point: string): Promise<void> {
    while (!this.log(execution).includes(point)) await sleep(20);
  }

  #spawn(...parameters: string[]): RunningChild {
    const [execution = "", ...others] = parameters;
    const child = spawn(process.execPath, [this.under.program, this.folder, execution, ...others], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...this.under.environment },
    });
    return { child, printed: readOutcome(child) };
  }
}

async function readOutcome(child: ChildProcess): Promise<Printed> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  if (signal === "SIGKILL") return "killed";
  const line = stdout.trimEnd().split("\n").pop() ?? "";
  if (code !== 0 || !line.startsWith("{")) throw new Error(`the program ended with ${code ?? signal}: ${stdout}${stderr}`);
  return JSON.parse(line) as Printed;
}

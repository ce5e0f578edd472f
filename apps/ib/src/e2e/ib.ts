import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

export const IB = join(import.meta.dirname, "..", "..", "bin", "ib.js");

export interface IbRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface IbOptions {
  /** The current folder; the data folder is `home` in it. */
  readonly folder: string;
  readonly environment?: Record<string, string>;
  /** Called with all of standard error so far, after each chunk. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** Called at the start. */
  readonly onStart?: (process: ChildProcess) => void;
}

/** Runs the real `ib` to its end, with the test's own data folder. */
export function ib(parameters: readonly string[], options: IbOptions): Promise<IbRun> {
  return run(process.execPath, ["--", IB, ...parameters], options);
}

/** Runs a command line that begins with `ib`, as pasted into a shell. */
export function inShell(commandLine: string, folder: string): Promise<IbRun> {
  return run("/bin/sh", ["-c", `ib() { "$NODE" "$IB" "$@"; }\n${commandLine}`], { folder, environment: { NODE: process.execPath, IB } });
}

function run(program: string, parameters: readonly string[], { folder, environment = {}, onStderr, onStart }: IbOptions): Promise<IbRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: folder,
      env: { PATH: process.env["PATH"] ?? "", HOME: folder, IMAGEWRIGHT_HOME: join(folder, "home"), NO_COLOR: "1", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    onStart?.(child);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
      onStderr?.(stderr, (signal) => child.kill(signal));
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

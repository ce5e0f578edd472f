import { spawnSync } from "node:child_process";
import { explainFile } from "./explain-start.js";
import type { Program, ProgramExit } from "./program.js";

export interface SyncProgram extends Pick<Program, "file" | "arguments" | "environment"> {
  /** Its standard input: one byte for each character (latin1). */
  readonly input: string;
}

/** After this time the program is killed. */
const MOST_SECONDS = 60;

/**
 * Runs a program to its end in the current folder. Nothing else happens in this process meanwhile, not even the handling of a signal. Any
 * outcome is data. The output has one character for each byte (latin1). Prefer `runProgram`.
 */
export function runProgramSync({ file, arguments: parameters, environment, input }: SyncProgram): ProgramExit {
  try {
    // nothing that it runs takes longer, and what hangs would hang this process with all its signals
    const timeout = { timeout: MOST_SECONDS * 1000, killSignal: "SIGKILL" as const };
    const ran = spawnSync(file, parameters, {
      ...timeout,
      env: environment,
      encoding: "latin1",
      input: Buffer.from(input, "latin1"),
      maxBuffer: 4 << 20,
    });
    const { stdout, stderr } = ran;
    if ((ran.error as NodeJS.ErrnoException | undefined)?.code === "ETIMEDOUT") return { kind: "timed-out", stdout, stderr };
    if (ran.status !== null) return { kind: "exited", code: ran.status, stdout, stderr };
    if (ran.signal !== null) return { kind: "killed", signal: ran.signal, stdout, stderr };
    return notStarted(ran.error ?? {}, file);
  } catch (thrown) {
    return notStarted(thrown as NodeJS.ErrnoException, file);
  }
}

function notStarted(error: Partial<NodeJS.ErrnoException>, file: string): ProgramExit {
  return { kind: "not-started", reason: explainFile(error as NodeJS.ErrnoException, file), stdout: "", stderr: "" };
}

import type { ProcessStreams } from "@imagewright/action-contract";
import { collectOutput } from "./collect-output.js";
import { runProcess } from "./processes.js";
import type { Program, ProgramExit } from "./program.js";

// long enough that all output is read even if this process is busy
const PATIENCE = { silenceMilliseconds: 1_000, longestMilliseconds: 5_000 };

/** Runs a program to its end. Any outcome is data, including a program that cannot be started; rejects only with errors of `onOutput`. */
export async function runProgram(program: Program): Promise<ProgramExit> {
  const timeout = timeoutOf(program.timeoutMilliseconds);
  const command = { ...program, workingDirectory: program.workingDirectory ?? currentFolder() };
  const signal = AbortSignal.any([timeout.signal, ...(program.signal === undefined ? [] : [program.signal])]);
  try {
    return await collectOutput(async (keep) => {
      const onOutput: ProcessStreams["onOutput"] = (stream, chunk) => {
        keep(stream, chunk);
        program.onOutput?.(stream, chunk);
      };
      const exit = await runProcess(command, { onOutput, signal }, PATIENCE);
      return exit.kind === "aborted" && program.signal?.aborted !== true ? { kind: "timed-out" as const } : exit;
    });
  } finally {
    timeout.clear();
  }
}

function timeoutOf(milliseconds: number | undefined): { readonly signal: AbortSignal; readonly clear: () => void } {
  const controller = new AbortController();
  const timer = milliseconds === undefined ? undefined : setTimeout(() => controller.abort(), milliseconds);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

/** A program that is told no folder can run in any: that of this process may have been removed. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return "/";
  }
}

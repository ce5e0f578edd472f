import type { OutputStream, ProcessExit, ProcessStreams } from "@imagewright/action-contract";
import { collectOutput, type ProgramOutput } from "./collect-output.js";
import { runProcess } from "./processes.js";

/** A program to run for its output. No shell reads its arguments, and its standard input is empty. */
export interface Program {
  /** A path, or a bare name to be found on the PATH of `environment`. */
  readonly file: string;
  readonly arguments: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** The current folder where it is left out. */
  readonly workingDirectory?: string | undefined;
  /** Aborting it ends the program and everything that it has started. */
  readonly signal?: AbortSignal | undefined;
  /** After this time, which changes of the system clock do not affect, the program is ended as by `signal`. */
  readonly timeoutMilliseconds?: number | undefined;
  /** Whether it goes on when a signal ends this process at once; see `endBySignal`. */
  readonly outlivesCaller?: boolean | undefined;
  readonly onOutput?: ((stream: OutputStream, chunk: Uint8Array) => void) | undefined;
}

export type ProgramExit = (ProcessExit | { readonly kind: "timed-out" }) & ProgramOutput;

// long enough that all output is read even if this process is busy
const PATIENCE = { silenceMilliseconds: 1_000, longestMilliseconds: 5_000 };

/** Runs a program to its end. Any outcome is data, including a program that cannot be started; rejects only with errors of `onOutput`. */
export async function runProgram(program: Program): Promise<ProgramExit> {
  const timeout = timeoutOf(program.timeoutMilliseconds);
  const command = { ...program, workingDirectory: program.workingDirectory ?? process.cwd() };
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

import type { OutputStream, ProcessExit } from "@imagewright/action-contract";
import type { ProgramOutput } from "./collect-output.js";

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

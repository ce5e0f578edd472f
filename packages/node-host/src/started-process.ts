import type { OutputStream, ProcessCommand, ProcessExit } from "@imagewright/action-contract";

/** Starts a program in a process group of its own, with both outputs piped and no input. */
export type StartProcess = (command: ProcessCommand, events: ProcessEvents) => StartedProcess;

/** The events of a program, in order; none comes before `StartProcess` has returned. */
export interface ProcessEvents {
  /**
   * A chunk of output. The pipes are read to their end even after the program has ended, so that no background child is killed by a closed
   * pipe.
   */
  readonly onOutput: (stream: OutputStream, chunk: Uint8Array) => void;
  /** The program itself has ended; more output may follow. */
  readonly onExit: (exit: ProcessExit) => void;
  /** The program has ended, and no process has its outputs open any more. */
  readonly onClose: () => void;
  /** The program could not be started; no other event follows. */
  readonly onFailure: (error: NodeJS.ErrnoException) => void;
}

export interface StartedProcess {
  /** Its process id, which is also that of its process group; undefined if it did not start. */
  readonly pid: number | undefined;
  /** Lets this process end although a background child still has the outputs open. */
  release(): void;
}

import type { OutputStream, ProcessCommand, ProcessExit } from "@imagewright/action-contract";

/** Starts a program in a process group of its own, with both outputs piped and no input. */
export type StartProcess = (command: ProcessCommand, events: ProcessEvents) => StartedProcess;

/** What a program does, told in the order in which it becomes known; nothing is told before `StartProcess` has returned. */
export interface ProcessEvents {
  /** A piece of output. The pipes are read to their end even after the program's own, so that no background child is killed by a closed pipe. */
  readonly onOutput: (stream: OutputStream, chunk: Uint8Array) => void;
  /** The program itself has ended; output may still come. */
  readonly onExit: (exit: ProcessExit) => void;
  /** The program has ended, and nobody has its outputs open any more. */
  readonly onClose: () => void;
  /** The program could not be started; nothing else is told. */
  readonly onFailure: (error: NodeJS.ErrnoException) => void;
}

export interface StartedProcess {
  /** Its process id, which is that of its process group too; undefined where it did not start. */
  readonly pid: number | undefined;
  /** Lets this process end although a background child still has the outputs open. */
  release(): void;
}

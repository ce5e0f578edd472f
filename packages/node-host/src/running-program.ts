import type { ProcessCommand, ProcessExit, ProcessStreams } from "@imagewright/action-contract";
import { explainStart } from "./explain-start.js";
import type { StartedProcess, StartProcess } from "./started-process.js";

/** How long to wait for more output after the program has ended, if a background child keeps the output open. */
export interface Patience {
  /** The wait ends once nothing has been printed for this time. */
  readonly silenceMilliseconds: number;
  /** The wait ends after this time even if the background child continues to print. */
  readonly longestMilliseconds: number;
}

const PATIENCE: Patience = { silenceMilliseconds: 50, longestMilliseconds: 1_000 };

/** A program from its start to the end of its output, or until the wait for a background child that keeps the output open ends. */
export class RunningProgram {
  readonly #process: StartedProcess;
  /** Rejects with the error that the reader of the output throws. */
  readonly end: Promise<ProcessExit>;
  #settle: { resolve: (exit: ProcessExit) => void; reject: (error: unknown) => void } = {
    resolve: () => undefined,
    reject: () => undefined,
  };
  #exit: ProcessExit | undefined;
  #isOver = false;
  #isClosed = false;
  #silence: NodeJS.Timeout | undefined;
  #longest: NodeJS.Timeout | undefined;

  constructor(
    start: StartProcess,
    command: ProcessCommand,
    { onOutput }: Pick<ProcessStreams, "onOutput">,
    private readonly patience = PATIENCE,
  ) {
    this.end = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#process = start(command, {
      onOutput: (stream, chunk) => this.#pass(() => onOutput(stream, chunk)),
      onExit: (exit) => this.#drain(exit),
      onClose: () => {
        this.#isClosed = true;
        this.#finish();
      },
      onFailure: (error) => void explainStart(error, command).then((exit) => this.#finish(exit)),
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  #pass(output: () => void): void {
    if (this.#isOver) return;
    if (this.#exit !== undefined) this.#waitForSilence();
    try {
      output();
    } catch (thrown) {
      this.#end();
      this.#settle.reject(thrown);
    }
  }

  #drain(exit: ProcessExit): void {
    if (this.#isOver) return;
    this.#exit = exit;
    setImmediate(() => this.#bePatient());
  }

  /** Begins a turn of the event loop late: most often the output has ended by then, and no timer is needed. */
  #bePatient(): void {
    if (this.#isOver) return;
    this.#waitForSilence();
    this.#longest = setTimeout(() => this.#finish(), this.patience.longestMilliseconds);
  }

  #waitForSilence(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#finish(), this.patience.silenceMilliseconds);
  }

  #finish(result = this.#exit): void {
    if (this.#isOver || result === undefined) return;
    this.#end();
    this.#settle.resolve(result);
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#silence);
    clearTimeout(this.#longest);
    if (!this.#isClosed) this.#process.release();
  }
}

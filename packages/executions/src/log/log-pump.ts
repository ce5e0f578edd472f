import type { LogFileReader, StoredLogLine } from "./log-file-reader.js";

/** How long lines wait for others, in milliseconds. */
const COLLECTING_MILLISECONDS = 200;

/** Passes the log of a build on, in parts and in order, one part at a time. What fails to be passed on ends it. */
export class LogPump {
  #timer: NodeJS.Timeout | undefined;
  #passing: Promise<void> = Promise.resolve();
  #failure: { readonly thrown: unknown } | undefined;

  constructor(
    private readonly reader: LogFileReader,
    private readonly pass: (lines: readonly StoredLogLine[]) => Promise<void>,
  ) {}

  /** Says that there is something new. */
  wake(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush().catch(() => undefined);
    }, COLLECTING_MILLISECONDS);
  }

  /** Passes on all that is there. Throws what has ended it. */
  async flush(): Promise<void> {
    this.#passing = this.#passing.then(() => this.#passAll());
    await this.#passing;
    if (this.#failure !== undefined) throw this.#failure.thrown;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#failure ??= { thrown: new Error("the log was closed") };
  }

  async #passAll(): Promise<void> {
    try {
      while (this.#failure === undefined) {
        const lines = await this.reader.next();
        if (lines.length === 0) return;
        await this.pass(lines);
      }
    } catch (thrown) {
      this.#failure ??= { thrown };
    }
  }
}

import type { RunEvent } from "@imagewright/document-engine";
import { ApplicationLog } from "./application-log.js";
import { ConsoleLog } from "./console-log.js";
import type { LogFile } from "./log-file.js";
import type { LogFolder } from "./log-folder.js";

export interface LogSubscriber {
  readonly onEvent?: (event: RunEvent) => void;
  /** Receives each chunk of console.log as written; its memory may be reused after the call. */
  readonly onConsole?: (bytes: Uint8Array) => void;
}

/**
 * Writes the events of a run to its logs. Those between two commands become text once the next command runs, so that it does not wait for
 * them: the log files are buffered for longer than that anyway.
 */
export class RunLogs {
  readonly #files: readonly [LogFile, LogFile];
  readonly #console: ConsoleLog;
  readonly #application: ApplicationLog;
  #waiting: RunEvent[] = [];
  #drain: NodeJS.Immediate | undefined;
  /** Of events that were written later; the next one throws it. */
  #failure: { readonly thrown: unknown } | undefined;

  constructor(
    folder: LogFolder,
    private readonly subscriber: LogSubscriber,
  ) {
    const console = folder.openLog("console.log");
    const application = folder.openLog("application.log");
    this.#files = [console, application];
    this.#console = new ConsoleLog((piece) => {
      console.write(piece);
      subscriber.onConsole?.(typeof piece === "string" ? Buffer.from(piece) : piece);
    });
    this.#application = new ApplicationLog((piece) => application.write(piece));
  }

  /** Throws if the logs cannot be written. */
  take(event: RunEvent): void {
    if (this.#failure !== undefined) throw this.#failure.thrown;
    this.#waiting.push(event);
    // the memory of a command's output is reused, and what is shown is shown in order
    if (event.type === "step-output" || this.subscriber.onConsole !== undefined) this.#write();
    else this.#drain ??= setImmediate(() => this.#writeLater());
    this.subscriber.onEvent?.(event);
  }

  close(): void {
    const [console, application] = this.#files;
    try {
      this.#write();
    } finally {
      try {
        console.close();
      } finally {
        application.close();
      }
    }
  }

  #write(): void {
    clearImmediate(this.#drain);
    this.#drain = undefined;
    const events = this.#waiting;
    this.#waiting = [];
    for (const event of events) {
      this.#console.take(event);
      this.#application.take(event);
    }
  }

  /** Nobody could catch what a timer throws. */
  #writeLater(): void {
    try {
      this.#write();
    } catch (thrown) {
      this.#failure = { thrown };
    }
  }
}

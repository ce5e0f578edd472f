import { tmpdir } from "node:os";
import { describeCause, type ImagewrightError, quoteInFull } from "@imagewright/diagnostics";
import { awsError } from "../errors.js";
import { serviceFailure } from "../clients/service-failure.js";
import { BatchQueue } from "./batch-queue.js";
import { Batch } from "./batch.js";
import { splitLine, type LogEvent } from "./log-event.js";
import { LogService, type LogTarget } from "./log-service.js";

export interface LogStreamOptions extends LogTarget {
  /** Whether the first failure is only passed to `onProblem`; otherwise close() rejects with it. */
  readonly ignoreFailures: boolean;
  readonly onProblem: (problem: ImagewrightError) => void;
  /** The folder for lines that cannot be sent fast enough; it should be on a disk. Default: the system's temporary folder. */
  readonly temporaryFolder?: string | undefined;
}

export interface LogStream {
  /**
   * Sends one line, without its line end; `time` in milliseconds since 1970-01-01T00:00:00Z. Never throws and never waits for the network.
   */
  write(line: string, time: number): void;
  /** Resolves when every line has been sent or dropped. Rejects with the first failure unless failures are ignored. */
  close(): Promise<void>;
}

// how long a line waits for others before it is sent, in milliseconds
const COLLECTING_MILLISECONDS = 1000;

/**
 * Opens a stream of lines to CloudWatch Logs. Group and stream are created if they are missing. Lines are sent in order, in batches within
 * the limits of PutLogEvents, one request at a time. Batches that wait are kept in memory up to a limit, and beyond it in a temporary
 * file, so memory stays bounded. After a failure that remains after the SDK's retries, nothing more is sent. The SDK is loaded with the
 * first batch.
 */
export function openLogStream(options: LogStreamOptions): LogStream {
  return new BatchedLogStream(options);
}

class BatchedLogStream implements LogStream {
  readonly #options: LogStreamOptions;
  readonly #doing: string;
  readonly #service: LogService;
  readonly #queue: BatchQueue;
  #batch = new Batch();
  #collecting: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
  #closed: Promise<void> | undefined;
  #problem: ImagewrightError | undefined;
  #due = false;
  #ended = false;

  constructor(options: LogStreamOptions) {
    this.#options = options;
    this.#doing = `writing to log stream ${quoteInFull(options.stream)} of log group ${quoteInFull(options.group)}`;
    this.#service = new LogService(options);
    this.#queue = new BatchQueue(options.temporaryFolder ?? tmpdir());
  }

  write(line: string, time: number): void {
    if (this.#ended || this.#closed !== undefined) return;
    for (const message of splitLine(line)) this.#add({ timestamp: Math.round(time), message });
    this.#collecting ??= setTimeout(() => this.#flush(), COLLECTING_MILLISECONDS);
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#finish());
  }

  async #finish(): Promise<void> {
    this.#flush();
    await this.#sending;
    this.#queue.close();
    this.#service.close();
    if (this.#problem !== undefined && !this.#options.ignoreFailures) throw this.#problem;
  }

  #add(event: LogEvent): void {
    if (this.#batch.add(event)) return;
    this.#enqueue();
    this.#batch.add(event);
    this.#send();
  }

  // sends the collected lines although the batch is not full: now, or after the batches before it
  #flush(): void {
    clearTimeout(this.#collecting);
    this.#collecting = undefined;
    this.#due = true;
    this.#send();
  }

  #enqueue(): void {
    const { events } = this.#batch;
    this.#batch = new Batch();
    this.#due = false;
    if (this.#ended || events.length === 0) return;
    try {
      this.#queue.push(events);
    } catch (thrown) {
      this.#end(awsError("log-lines-not-kept", { doing: this.#doing, reason: describeCause(thrown) }, { cause: thrown }));
    }
  }

  #send(): void {
    if (this.#sending === undefined && this.#hasMore()) this.#sending = this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    try {
      while (this.#hasMore()) {
        const refused = await this.#service.send((await this.#queue.take()) ?? []);
        if (refused > 0) this.#report(awsError("log-lines-refused", { doing: this.#doing, lines: refused }));
      }
    } catch (thrown) {
      this.#end(serviceFailure(thrown, { doing: this.#doing }));
    } finally {
      this.#sending = undefined;
    }
  }

  #hasMore(): boolean {
    if (this.#queue.length === 0 && this.#due) this.#enqueue();
    return this.#queue.length > 0;
  }

  #end(problem: ImagewrightError): void {
    this.#ended = true;
    this.#batch = new Batch();
    this.#queue.clear();
    this.#report(problem);
  }

  #report(problem: ImagewrightError): void {
    if (this.#problem !== undefined) return;
    this.#problem = problem;
    if (this.#options.ignoreFailures) this.#options.onProblem(problem);
  }
}

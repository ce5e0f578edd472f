import type { LogEvent } from "./log-event.js";
import { SpoolFile, type SpoolPlace } from "./spool-file.js";

// a batch is about 1 MiB of text
const MOST_IN_MEMORY = 4;

type Waiting = { readonly events: readonly LogEvent[] } | { readonly place: SpoolPlace };

/** The batches that wait to be sent, in order: a few in memory, the others in a file. */
export class BatchQueue {
  readonly #waiting: Waiting[] = [];
  readonly #spool: SpoolFile;
  #inMemory = 0;

  constructor(temporaryFolder: string) {
    this.#spool = new SpoolFile(temporaryFolder);
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** The number of batches in memory. */
  get inMemory(): number {
    return this.#inMemory;
  }

  /** Appends a batch. Throws the system's error if it cannot be written to the file. */
  push(events: readonly LogEvent[]): void {
    if (this.#inMemory < MOST_IN_MEMORY) {
      this.#inMemory++;
      this.#waiting.push({ events });
    } else this.#waiting.push({ place: this.#spool.write(Buffer.from(JSON.stringify(events))) });
  }

  /** Removes and returns the first batch; undefined if there is none. */
  async take(): Promise<readonly LogEvent[] | undefined> {
    const first = this.#waiting.shift();
    if (first === undefined) return undefined;
    if ("place" in first) return JSON.parse((await this.#spool.read(first.place)).toString()) as LogEvent[];
    this.#inMemory--;
    return first.events;
  }

  /** Drops all batches and frees their memory and disk space. */
  clear(): void {
    this.#waiting.length = 0;
    this.#inMemory = 0;
    this.#spool.clear();
  }

  /** Drops all batches and removes the file. No `take` may be in progress. */
  close(): void {
    this.clear();
    this.#spool.close();
  }
}

import type { LogEvent } from "./log-event.js";
import { SpoolFile, type SpoolPlace } from "./spool-file.js";

// a batch is about 1 MiB of text
const MOST_IN_MEMORY = 4;

type Waiting = { readonly events: readonly LogEvent[] } | { readonly place: SpoolPlace };

/** Batches in the order in which they are to be sent: a few in memory, what is beyond them in a file. */
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

  /** How many of the batches are held in memory. */
  get inMemory(): number {
    return this.#inMemory;
  }

  /** Puts a batch at the end. Throws the system's error where it has to go to the file and cannot. */
  push(events: readonly LogEvent[]): void {
    if (this.#inMemory < MOST_IN_MEMORY) {
      this.#inMemory++;
      this.#waiting.push({ events });
    } else this.#waiting.push({ place: this.#spool.write(Buffer.from(JSON.stringify(events))) });
  }

  /** Takes the first batch out; undefined if there is none. */
  async take(): Promise<readonly LogEvent[] | undefined> {
    const first = this.#waiting.shift();
    if (first === undefined) return undefined;
    if ("place" in first) return JSON.parse((await this.#spool.read(first.place)).toString()) as LogEvent[];
    this.#inMemory--;
    return first.events;
  }

  /** Forgets the batches and gives their memory and disk back. */
  clear(): void {
    this.#waiting.length = 0;
    this.#inMemory = 0;
    this.#spool.clear();
  }

  /** Clears the queue for good. No batch may be on its way out of it. */
  close(): void {
    this.clear();
    this.#spool.close();
  }
}

import { ApiError } from "@imagewright/imagebuilder-model";
import type { AuditRecord } from "./audit-record.js";

/** So many wait at most while the database does not take them. */
const MOST_WAITING = 10_000;
const MOST_TOGETHER = 500;
const GATHER_MILLISECONDS = 20;
const RETRY_MILLISECONDS = 1_000;

/**
 * Writes records soon after they were added, several together: a request does not wait for its own. A server that is killed loses those of
 * its last moments. What cannot be written is tried again until it is.
 */
export class AuditQueue {
  #waiting: AuditRecord[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #fails = false;

  /** `onFailure` is told the first of failures in a row. */
  constructor(
    private readonly write: (records: readonly AuditRecord[]) => Promise<void>,
    private readonly onFailure: (thrown: unknown) => void,
  ) {}

  /** How many records are not written yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Throws ServiceUnavailableException if so many wait that what a request does could not be recorded. */
  requireRoom(): void {
    if (this.#waiting.length < MOST_WAITING) return;
    throw new ApiError("ServiceUnavailableException", "The audit log cannot be written at this time. Try again later.");
  }

  add(record: AuditRecord): void {
    this.#waiting.push(record);
    this.#schedule(GATHER_MILLISECONDS);
  }

  /** Writes what waits. Rejects if the database does not take it. */
  async close(): Promise<void> {
    await this.#writing;
    clearTimeout(this.#timer);
    while (this.#waiting.length > 0) await this.#writeSome();
  }

  #schedule(milliseconds: number): void {
    if (this.#timer !== undefined || this.#writing !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#writeSome().then(
        () => this.#next(GATHER_MILLISECONDS),
        (thrown: unknown) => {
          if (!this.#fails) this.onFailure(thrown);
          this.#fails = true;
          this.#next(RETRY_MILLISECONDS);
        },
      );
    }, milliseconds);
  }

  #next(milliseconds: number): void {
    this.#writing = undefined;
    if (this.#waiting.length > 0) this.#schedule(milliseconds);
  }

  async #writeSome(): Promise<void> {
    const records = this.#waiting.slice(0, MOST_TOGETHER);
    await this.write(records);
    this.#fails = false;
    this.#waiting.splice(0, records.length);
  }
}

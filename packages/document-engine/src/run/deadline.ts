import type { Clock } from "@imagewright/action-contract";

// Node's timers fire immediately for longer delays
const LONGEST_SLEEP = 2 ** 31 - 1;
// one for all: without a reason, an exception with its stack is made for each
const SETTLED = new Error("the timer is not needed any more");

/**
 * A signal that aborts at the timeout or when the outer signal aborts, and records which of the two came first. Its timer begins and ends
 * a turn of the event loop late: neither a short action nor the next step waits for that, nor does what takes no turn need it.
 */
export class Deadline {
  readonly #controller = new AbortController();
  /** Aborted once the timer is no longer needed. */
  readonly #settled = new AbortController();
  readonly #cancel: () => void;
  #isCleared = false;
  #isWaiting = false;
  #timedOut = false;

  /** `seconds` of -1 sets no limit. Call `clear` at the end. */
  constructor(
    readonly seconds: number,
    private readonly outer: AbortSignal,
    private readonly clock: Clock,
  ) {
    this.#cancel = () => {
      this.#settled.abort(SETTLED);
      this.#controller.abort(outer.reason);
    };
    if (outer.aborted) this.#cancel();
    else outer.addEventListener("abort", this.#cancel, { once: true });
    if (seconds !== -1) {
      const begin = clock.now();
      setImmediate(() => this.#start(seconds * 1000 - (clock.now() - begin)));
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get timedOut(): boolean {
    return this.#timedOut;
  }

  clear(): void {
    this.#isCleared = true;
    this.outer.removeEventListener("abort", this.#cancel);
    if (this.#isWaiting) setImmediate(() => this.#settled.abort(SETTLED));
  }

  #start(milliseconds: number): void {
    if (this.#isCleared || this.signal.aborted) return;
    this.#isWaiting = true;
    void this.#wait(milliseconds);
  }

  async #wait(milliseconds: number): Promise<void> {
    try {
      for (let left = milliseconds; left > 0; left -= LONGEST_SLEEP)
        await this.clock.sleep(Math.min(left, LONGEST_SLEEP), this.#settled.signal);
    } catch {
      return; // cleared or cancelled
    }
    if (this.#isCleared) return;
    this.#timedOut = true;
    this.#controller.abort(new Error("the time is over"));
  }
}

import type { Clock } from "@imagewright/action-contract";

// Node's timers fire immediately for longer delays
const LONGEST_SLEEP = 2 ** 31 - 1;
// one for all: without a reason, an exception with its stack is made for each
const SETTLED = new Error("the timer is not needed any more");

/** A signal that aborts at the timeout or when the outer signal aborts, and records which of the two came first. */
export class Deadline {
  readonly #controller = new AbortController();
  /** Aborted once the timer is no longer needed. */
  readonly #settled = new AbortController();
  readonly #cancel: () => void;
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
    if (seconds !== -1) void this.#wait(seconds * 1000);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get timedOut(): boolean {
    return this.#timedOut;
  }

  clear(): void {
    this.#settled.abort(SETTLED);
    this.outer.removeEventListener("abort", this.#cancel);
  }

  async #wait(milliseconds: number): Promise<void> {
    try {
      for (let left = milliseconds; left > 0; left -= LONGEST_SLEEP)
        await this.clock.sleep(Math.min(left, LONGEST_SLEEP), this.#settled.signal);
    } catch {
      return; // cleared or cancelled
    }
    this.#timedOut = true;
    this.#controller.abort(new Error("the time is over"));
  }
}

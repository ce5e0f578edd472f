// longer delays overflow the timer and fire at once
const LONGEST_TIMER = 2 ** 31 - 1;

/** A signal that aborts when the time is over or the outer signal aborts, and that tells which of the two it was. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #stop: () => void;
  #timer: NodeJS.Timeout | undefined;
  timedOut = false;

  /** `seconds` of -1 sets no limit. Call `clear` at the end. */
  constructor(
    seconds: number,
    private readonly outer: AbortSignal,
  ) {
    this.#stop = () => this.#controller.abort(outer.reason);
    if (outer.aborted) this.#stop();
    else outer.addEventListener("abort", this.#stop, { once: true });
    if (seconds !== -1) this.#arm(seconds * 1000);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.outer.removeEventListener("abort", this.#stop);
  }

  #arm(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      if (milliseconds > LONGEST_TIMER) return this.#arm(milliseconds - LONGEST_TIMER);
      this.timedOut = true;
      this.#controller.abort(new Error("the time is over"));
    }, Math.min(milliseconds, LONGEST_TIMER));
  }
}

import type { Durability, Recordable, StepContext } from "@imagewright/durability";
import { steadyNow } from "@imagewright/node-host";
import { workflowError } from "../errors.js";

// how long an effect may take to end after it was told to
const GRACE_MILLISECONDS = 10_000;
// setTimeout fires at once for longer ones
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * The port for one step, whose effects and waits end when the step's time is over. The step begins at a recorded time, so its time runs on
 * while no process executes it. Errors of effects and waits: step-timed-out, which is recorded as any failure.
 */
export class StepClock implements Durability {
  constructor(
    private readonly inner: Durability,
    private readonly seconds: number,
    private readonly deadline: number,
  ) {}

  get signal(): AbortSignal {
    return this.inner.signal;
  }

  step<Result extends Recordable<Result>>(key: string, effect: (context: StepContext) => Promise<Result>): Promise<Result> {
    return this.inner.step(key, (context) => this.#limited(context, effect));
  }

  branch<Result extends Recordable<Result>>(key: string, body: (durability: Durability) => Promise<Result>): Promise<Result> {
    return this.inner.branch(key, (branch) => body(new StepClock(branch, this.seconds, this.deadline)));
  }

  /** The time is asked for and recorded first: a continued execution decides the same. */
  async wait(key: string, timeoutMilliseconds: number) {
    const left = this.deadline - (await this.inner.now()).getTime();
    const message = await this.inner.wait(key, Math.max(0, Math.min(left, timeoutMilliseconds)));
    if (message === undefined && left <= timeoutMilliseconds) throw this.#timedOut();
    return message;
  }

  now(): Promise<Date> {
    return this.inner.now();
  }

  patch(name: string): Promise<boolean> {
    return this.inner.patch(name);
  }

  async #limited<Result>({ token, signal }: StepContext, effect: (context: StepContext) => Promise<Result>): Promise<Result> {
    const over = new AbortController();
    let isOver = this.deadline <= steadyNow();
    if (isOver) throw this.#timedOut();
    const running = effect({ token, signal: AbortSignal.any([signal, over.signal]) });
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<never>((_, reject) => {
      const begin = () => {
        const left = this.deadline - steadyNow();
        if (left > 0) {
          timer = setTimeout(begin, Math.min(left, LONGEST_TIMER));
          return;
        }
        isOver = true;
        over.abort(this.#timedOut());
        timer = setTimeout(() => reject(this.#timedOut()), GRACE_MILLISECONDS);
      };
      begin();
    });
    try {
      const result = await Promise.race([running, timeUp]);
      if (isOver) throw this.#timedOut();
      return result;
    } catch (thrown) {
      signal.throwIfAborted();
      throw isOver ? this.#timedOut() : thrown;
    } finally {
      clearTimeout(timer);
    }
  }

  #timedOut(): Error {
    return workflowError("step-timed-out", { seconds: this.seconds });
  }
}

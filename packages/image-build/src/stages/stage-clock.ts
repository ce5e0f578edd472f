import type { BuildEvent, Stage } from "../events.js";

/** Runs the stages of a build, tells of each, and remembers how long each took. */
export class StageClock {
  readonly #seconds = new Map<Stage, number>();

  constructor(private readonly emit: (event: BuildEvent) => void) {}

  /** What each finished stage took, in seconds. */
  get durations(): Record<string, number> {
    return Object.fromEntries(this.#seconds);
  }

  async run<Result>(stage: Stage, title: string, body: () => Promise<Result>, detail?: (result: Result) => string | undefined): Promise<Result> {
    const start = performance.now();
    this.emit({ type: "stage-started", stage, title });
    try {
      const result = await body();
      const text = detail?.(result);
      this.#finish(stage, "done", start, text);
      return result;
    } catch (thrown) {
      this.#finish(stage, "failed", start);
      throw thrown;
    }
  }

  skip(stage: Stage, title: string, reason: string): void {
    this.emit({ type: "stage-started", stage, title });
    this.emit({ type: "stage-finished", stage, outcome: "skipped", seconds: 0, detail: reason });
  }

  #finish(stage: Stage, outcome: "done" | "failed", start: number, detail?: string): void {
    const seconds = Math.round(performance.now() - start) / 1000;
    this.#seconds.set(stage, seconds);
    this.emit({ type: "stage-finished", stage, outcome, seconds, ...(detail === undefined ? {} : { detail }) });
  }
}

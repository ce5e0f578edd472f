import type { BuildEvent, Stage } from "../events.js";

interface StageVerdict {
  readonly failed?: boolean;
  readonly detail?: string;
}

/** Runs the stages of a build, reports each, and records their durations. */
export class StageClock {
  readonly #seconds = new Map<Stage, number>();

  constructor(private readonly emit: (event: BuildEvent) => void) {}

  /** The duration of each finished stage, in seconds. */
  get durations(): Record<string, number> {
    return Object.fromEntries(this.#seconds);
  }

  /** Runs one stage. `judge` may add a detail about its result, and mark the stage as failed although nothing was thrown. */
  async run<Result>(stage: Stage, title: string, body: () => Promise<Result>, judge?: (result: Result) => StageVerdict): Promise<Result> {
    const start = performance.now();
    this.emit({ type: "stage-started", stage, title });
    try {
      const result = await body();
      const { failed = false, detail } = judge?.(result) ?? {};
      this.#finish(stage, failed ? "failed" : "done", start, detail);
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

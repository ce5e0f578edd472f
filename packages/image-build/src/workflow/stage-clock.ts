import type { Durability } from "@imagewright/durability";
import { steadyNow } from "@imagewright/node-host";
import type { BuildEvent, Stage } from "../events.js";

interface StageWork<Result> {
  readonly title: string;
  readonly body: () => Promise<Result>;
  /** May add a detail about the result, and mark the stage as failed although nothing was thrown. */
  readonly judge?: (result: Result) => StageVerdict;
}

interface StageVerdict {
  readonly failed?: boolean;
  readonly detail?: string;
}

/** Durations of stages, in seconds. */
export type StageDurations = Readonly<Record<Stage, number>>;

/** Runs the stages of a build, reports each, and measures it by the recorded time: a continued build has the same durations. */
export class StageClock {
  readonly #seconds = new Map<Stage, number>();

  constructor(
    private readonly emit: (event: BuildEvent) => void,
    /** The stages that this process has reported. */
    private readonly reported = new Set<Stage>(),
  ) {}

  /** The clock of a branch, which gives its durations to `join`. */
  branch(): StageClock {
    return new StageClock(this.emit, this.reported);
  }

  /** Of each stage that has ended. */
  get durations(): StageDurations {
    return Object.fromEntries(this.#seconds);
  }

  /** Runs one stage. */
  async stage<Result>(durability: Durability, stage: Stage, { title, body, judge }: StageWork<Result>): Promise<Result> {
    const start = await durability.now();
    this.emit({ type: "stage-started", stage, title });
    try {
      const result = await body();
      const { failed = false, detail } = judge?.(result) ?? {};
      this.#finish(stage, failed ? "failed" : "done", start, await durability.now(), detail);
      return result;
    } catch (thrown) {
      // what was aborted has not failed
      if (!durability.signal.aborted) this.#finish(stage, "failed", start, new Date(steadyNow()));
      throw thrown;
    }
  }

  skip(stage: Stage, title: string, reason: string): void {
    this.emit({ type: "stage-started", stage, title });
    this.emit({ type: "stage-finished", stage, outcome: "skipped", seconds: 0, detail: reason });
  }

  /** Adds the stages of a branch. What this process has not seen, since the branch ended in an earlier one, is reported. */
  join(durations: StageDurations): void {
    for (const [name, seconds] of Object.entries(durations)) {
      const stage: Stage = name;
      this.#seconds.set(stage, seconds);
      if (this.reported.has(stage)) continue;
      this.emit({ type: "stage-started", stage, title: stage });
      this.emit({ type: "stage-finished", stage, outcome: "done", seconds });
    }
  }

  #finish(stage: Stage, outcome: "done" | "failed", start: Date, end: Date, detail?: string): void {
    const seconds = Math.max(0, end.getTime() - start.getTime()) / 1000;
    this.#seconds.set(stage, seconds);
    this.reported.add(stage);
    this.emit({ type: "stage-finished", stage, outcome, seconds, ...(detail === undefined ? {} : { detail }) });
  }
}

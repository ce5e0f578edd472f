import type { AgentEvent } from "@imagewright/agent-protocol";
import type { FailedStep } from "@imagewright/component-runner";
import type { ManifestPhase } from "../store/manifest.js";

/** Collects from the events of a run the data for the manifest and the failure message. */
export class PhaseRecords {
  readonly phases: ManifestPhase[] = [];
  readonly failedSteps: FailedStep[] = [];
  // of the documents of the run; those that their steps run are parts of these
  #started = new Map<string, number>();
  #steps = 0;

  constructor(
    /** The names of components by their documents. */
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  take(event: AgentEvent): void {
    if (event.type === "step-finished" && event.result.status === "failed") {
      const { document, phase, step, result } = event;
      this.failedSteps.push({ document, phase, result: { ...result, name: step } } as unknown as FailedStep);
    }
    if (event.depth > 0) return;
    if (event.type === "phase-started") {
      // after a restart it is told again
      if (this.#started.has(event.key)) return;
      this.#started.set(event.key, event.time);
      this.#steps = 0;
    } else if (event.type === "step-finished") this.#steps += 1;
    else if (event.type === "phase-finished") {
      const { document, phase, status, time, key } = event;
      const durationSeconds = (time - (this.#started.get(key) ?? time)) / 1000;
      this.phases.push({ component: this.names.get(document) ?? document, phase, status, steps: this.#steps, durationSeconds });
    }
  }
}

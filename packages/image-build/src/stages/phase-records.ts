import type { FailedStep } from "@imagewright/component-runner";
import type { RunEvent } from "@imagewright/document-engine";
import type { ManifestPhase } from "../store/manifest.js";

/** Collects from the events of a run the data for the manifest and the failure message. */
export class PhaseRecords {
  readonly phases: ManifestPhase[] = [];
  readonly failedSteps: FailedStep[] = [];
  #started = 0;
  #steps = 0;

  constructor(
    /** The names of components by their documents. */
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  take(event: RunEvent): void {
    if (event.type === "phase-started") {
      this.#started = event.time;
      this.#steps = 0;
    } else if (event.type === "step-finished") {
      this.#steps += 1;
      if (event.result.status === "failed") this.failedSteps.push({ document: event.document, phase: event.phase, result: event.result });
    } else if (event.type === "phase-finished") {
      const { document, phase, status, time } = event;
      this.phases.push({
        component: this.names.get(document) ?? document,
        phase,
        status,
        steps: this.#steps,
        durationSeconds: (time - this.#started) / 1000,
      });
    }
  }
}

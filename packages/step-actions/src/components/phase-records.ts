import type { AgentEvent } from "@imagewright/agent-protocol";
import type { FailedStep } from "@imagewright/component-runner";

/** How a phase of a component has ended. Plain data. */
export interface PhaseRecord {
  readonly component: string;
  readonly phase: string;
  readonly status: string;
  readonly steps: number;
  readonly durationSeconds: number;
}

interface OpenPhase {
  readonly started: number;
  steps: number;
}

/** Collects from the events of a run the data for the manifest and the failure message. */
export class PhaseRecords {
  readonly phases: PhaseRecord[] = [];
  /** In the order in which they ended: those of a document that a step has run come before that step. */
  readonly failedSteps: FailedStep[] = [];
  /** By their keys: a phase that was interrupted by a restart goes on. */
  #open = new Map<string, OpenPhase>();
  #running: OpenPhase | undefined;

  constructor(
    /** The names of components by their documents. */
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  take(event: AgentEvent): void {
    if (event.type === "step-finished" && event.result.status === "failed") {
      const { document, phase, step: name, result } = event;
      this.failedSteps.push({ document, phase, result: { name, ...result } });
    }
    // the phases and steps of nested documents are parts of the step that runs them
    if (event.depth > 0) return;
    if (event.type === "run-started") this.#open = new Map();
    else if (event.type === "phase-started") {
      this.#running = this.#open.get(event.key) ?? { started: event.time, steps: 0 };
      this.#open.set(event.key, this.#running);
    } else if (event.type === "step-finished" && this.#running !== undefined) this.#running.steps += 1;
    else if (event.type === "phase-finished") {
      const { document, phase, status, time, key } = event;
      const { started = time, steps = 0 } = this.#open.get(key) ?? {};
      const component = this.names.get(document) ?? document;
      this.phases.push({ component, phase, status, steps, durationSeconds: (time - started) / 1000 });
    }
  }
}

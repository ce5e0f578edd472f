import type { AgentEvent } from "@imagewright/agent-protocol";

/** What runs, for a live line. */
export interface Running {
  readonly title: string;
  /** In milliseconds since 1970, by the clock of this computer. */
  readonly since: number;
}

/** The running step of each depth in one run: that of a nested document is in front of the step that runs the document. */
export class RunningSteps {
  #steps: Running[] = [];

  constructor(
    private readonly nameOf: (event: { readonly document: string; readonly depth: number }) => string,
    private readonly now: () => number,
  ) {}

  get innermost(): Running | undefined {
    return this.#steps.at(-1);
  }

  take(event: AgentEvent): void {
    if (event.type === "run-resumed") this.#steps = [];
    else if (event.type === "step-started") {
      // a step that was interrupted starts again
      this.#steps.length = Math.min(this.#steps.length, event.depth);
      this.#steps.push({ title: `${this.nameOf(event)} ${event.phase} ${event.step}`, since: this.now() });
    } else if (event.type === "step-finished") this.#steps.length = Math.min(this.#steps.length, event.depth);
  }
}

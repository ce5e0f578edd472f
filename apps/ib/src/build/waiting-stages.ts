import type { BuildEvent, Stage } from "@imagewright/image-build";

/** Knows from the events of a build whether a step of it waits for an answer. */
export class WaitingStages {
  readonly #stages = new Set<Stage>();

  get isWaiting(): boolean {
    return this.#stages.size > 0;
  }

  take(event: BuildEvent): void {
    if (event.type === "waiting") this.#stages.add(event.stage);
    if (event.type === "stage-finished") this.#stages.delete(event.stage);
  }
}

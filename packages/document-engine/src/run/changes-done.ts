import type { ItemRecord } from "./item-record.js";
import type { Journal } from "./journal.js";

/**
 * The finished items of a step that have changed the machine, by their place. Another attempt does not repeat them: to move a file
 * again would fail, and hide why the previous attempt failed. Items that have changed nothing, or do not know, are repeated with the step.
 */
export class ChangesDone {
  readonly #records = new Map<string, ItemRecord>();

  constructor(
    private readonly stepKey: string,
    private readonly journal: Journal,
    private readonly hasFurtherAttempts: boolean,
  ) {}

  recall(place: string): ItemRecord | undefined {
    return this.#records.get(place) ?? (this.journal.recall(`${this.stepKey}/${place}`) as ItemRecord | undefined);
  }

  record(place: string, record: ItemRecord): void {
    if (this.hasFurtherAttempts) this.#records.set(place, record);
    this.journal.record(`${this.stepKey}/${place}`, record);
  }
}

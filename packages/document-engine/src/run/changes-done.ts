import type { ItemRecord } from "./item-record.js";
import type { Journal } from "./journal.js";

/**
 * The items of a step that are done and have changed the machine, by their place in it. A further attempt takes them as done: to move a file
 * once more would fail, and hide why the attempt before did. Items that have changed nothing, or cannot tell, are repeated with the step.
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

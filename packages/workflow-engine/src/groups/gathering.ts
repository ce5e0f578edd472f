/** Knows when each of a number of participants has arrived. */
export class Gathering {
  readonly #missing: Set<number>;
  #complete: () => void = () => undefined;
  /** Resolves when the last has arrived. */
  readonly isComplete = new Promise<void>((resolve) => (this.#complete = resolve));

  /** The participants are 0, 1 and so on. */
  constructor(size: number) {
    this.#missing = new Set(Array(size).keys());
  }

  /** Only the first arrival of each counts. */
  arrive(participant: number): void {
    this.#missing.delete(participant);
    if (this.#missing.size === 0) this.#complete();
  }
}

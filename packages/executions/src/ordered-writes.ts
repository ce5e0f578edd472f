import { throughOutages } from "./outages.js";

/**
 * Writes to the database, one after the other in the order in which they were asked for. One that fails because the database cannot be
 * reached is repeated until it succeeds; any other failure ends them all.
 */
export class OrderedWrites {
  #last: Promise<void> = Promise.resolve();
  #failure: { readonly thrown: unknown } | undefined;

  constructor(
    private readonly signal: AbortSignal,
    /** Is told of the failure that ends them. */
    private readonly onFailure: (thrown: unknown) => void,
  ) {}

  add(write: () => Promise<void>): void {
    this.#last = this.#last.then(async () => {
      if (this.#failure !== undefined) return;
      try {
        await throughOutages(this.signal, write);
      } catch (thrown) {
        this.#failure = { thrown };
        this.onFailure(thrown);
      }
    });
  }

  /** Waits for all that were asked for. Throws the failure that has ended them. */
  async flush(): Promise<void> {
    await this.#last;
    if (this.#failure !== undefined) throw this.#failure.thrown;
  }
}

/** Why an execution can record nothing more in this process. */
export class Refusal {
  #reason: unknown;
  #refuse: (reason: unknown) => void = () => undefined;
  /** Rejects when the execution is refused. */
  readonly refused = new Promise<never>((_, reject) => (this.#refuse = reject));

  constructor() {
    this.refused.catch(() => undefined);
  }

  /** The first reason stands. */
  refuse(reason: unknown): unknown {
    this.#reason ??= reason;
    this.#refuse(this.#reason);
    return this.#reason;
  }

  throwIfRefused(): void {
    if (this.#reason !== undefined) throw this.#reason;
  }

  /** Runs what is to be recorded. If it throws, it never ends, and the execution is refused. */
  async guard<Value>(perform: () => Promise<Value>): Promise<Value> {
    try {
      return await perform();
    } catch (thrown) {
      this.refuse(thrown);
      return NEVER;
    }
  }

  /** A value to record; never, if the execution is refused. */
  async unlessRefused<Value>(value: Value): Promise<Value> {
    return this.#reason === undefined ? Promise.resolve(value) : NEVER;
  }
}

const NEVER = new Promise<never>(() => undefined);

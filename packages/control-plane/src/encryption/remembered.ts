/** How long values are kept, in milliseconds. */
export interface KeptFor {
  readonly value: number;
  /** Of a failure: long enough that a service that does not answer is not waited for by everybody. */
  readonly failure: number;
}

interface Kept<Value> {
  readonly made: Promise<Value>;
  until: number;
}

// what is over this is made again
const MOST = 10_000;

/** Values that are expensive to make, each made once for all who ask at the same time, and kept for a time. */
export class Remembered<Value> {
  readonly #kept = new Map<string, Kept<Value>>();

  constructor(
    private readonly clock: () => Date,
    private readonly keptFor: KeptFor,
  ) {}

  get(name: string, make: () => Promise<Value>): Promise<Value> {
    const now = this.clock().getTime();
    const found = this.#kept.get(name);
    if (found !== undefined && now < found.until) return found.made;
    const kept: Kept<Value> = { made: make(), until: Infinity };
    this.#keep(name, kept);
    kept.made.then(
      () => (kept.until = this.clock().getTime() + this.keptFor.value),
      () => (kept.until = this.clock().getTime() + this.keptFor.failure),
    );
    return kept.made;
  }

  set(name: string, value: Value): void {
    this.#keep(name, { made: Promise.resolve(value), until: this.clock().getTime() + this.keptFor.value });
  }

  clear(): void {
    this.#kept.clear();
  }

  #keep(name: string, kept: Kept<Value>): void {
    this.#kept.delete(name);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MOST && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(name, kept);
  }
}

import type { Durability, Json, Recordable, StepContext } from "@imagewright/durability";

/** The port in memory, for a run that has no effects: nothing is recorded, and nobody sends a message. */
export class SimulatedDurability implements Durability {
  /** `time` is the clock; without one, time stands still. */
  constructor(private readonly time: () => number = () => 0) {}

  readonly signal: AbortSignal = new AbortController().signal;

  step<Result extends Recordable<Result>>(key: string, effect: (context: StepContext) => Promise<Result>): Promise<Result> {
    return effect({ token: key, signal: this.signal });
  }

  branch<Result extends Recordable<Result>>(_key: string, body: (durability: Durability) => Promise<Result>): Promise<Result> {
    return body(this);
  }

  async wait(): Promise<Json | undefined> {
    return Promise.resolve(undefined);
  }

  /** Nothing was begun by an earlier program. */
  async patch(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async now(): Promise<Date> {
    return Promise.resolve(new Date(this.time()));
  }
}

import { isRolledBack } from "../errors/database-errors.js";
import type { StoreOutcome, StoreRequest } from "./store-rows.js";

/** Stores resources in one transaction; see `storeRows`. */
export type StoreTogether = (requests: readonly StoreRequest[], options: { readonly mayWait: boolean }) => Promise<readonly StoreOutcome[]>;

interface Waiting {
  readonly request: StoreRequest;
  readonly resolve: (outcome: StoreOutcome) => void;
  readonly reject: (thrown: unknown) => void;
}

// while these are on their way, others gather; more at a time would only share the same disk
const MOST_ON_THEIR_WAY = 2;
const MOST_TOGETHER = 32;

/**
 * Stores what several calls ask for at the same time in one transaction, so that they share the way to the database and the wait for its
 * disk. Nobody waits for others to come: what is there at the end of a turn of the event loop goes out.
 */
export class StoreQueue {
  #waiting: Waiting[] = [];
  #onTheirWay = 0;
  #isDue = false;

  constructor(private readonly storeTogether: StoreTogether) {}

  /** Stores one resource. Resolves when it is committed; rejects as if it had been stored alone. */
  store(request: StoreRequest): Promise<StoreOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isDue || this.#waiting.length === 0 || this.#onTheirWay >= MOST_ON_THEIR_WAY) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      void this.#send(this.#waiting.splice(0, MOST_TOGETHER));
      this.#schedule();
    });
  }

  async #send(group: readonly Waiting[]): Promise<void> {
    this.#onTheirWay += 1;
    const later: Waiting[] = [];
    try {
      const outcomes = await this.storeTogether(
        group.map(({ request }) => request),
        { mayWait: false },
      );
      for (const [at, waiting] of group.entries()) {
        const outcome = outcomes[at];
        if (outcome === undefined || outcome.outcome === "busy") later.push(waiting);
        else waiting.resolve(outcome);
      }
    } catch (thrown) {
      // whose fault it was is seen when each is stored alone; where it is not known whether they are stored, all are told
      if (group.length > 1 && isRolledBack(thrown)) later.push(...group);
      else for (const { reject } of group) reject(thrown);
    }
    this.#onTheirWay -= 1;
    this.#schedule();
    for (const waiting of later) void this.#sendAlone(waiting);
  }

  async #sendAlone({ request, resolve, reject }: Waiting): Promise<void> {
    try {
      const [outcome] = await this.storeTogether([request], { mayWait: true });
      if (outcome === undefined) throw new Error("the database has answered nothing");
      resolve(outcome);
    } catch (thrown) {
      reject(thrown);
    }
  }
}

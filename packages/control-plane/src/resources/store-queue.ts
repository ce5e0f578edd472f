import { isRolledBack } from "../errors/database-errors.js";
import type { StoreOutcome, StoreRequest } from "./store-rows.js";

/** Stores resources in one transaction; see `storeRows`. */
export type StoreTogether = (requests: readonly StoreRequest[], options: { readonly mayWait: boolean }) => Promise<readonly StoreOutcome[]>;

interface Waiting {
  readonly request: StoreRequest;
  readonly resolve: (outcome: StoreOutcome) => void;
  readonly reject: (thrown: unknown) => void;
}

// While a group is on its way, the next one gathers. With two on their way they were of 6 resources each in place of 8, for 16 clients, and
// Postgres spent half as much again on each. A group that waits for another transaction is late, and keeps the next ones waiting no longer.
const LATE_MILLISECONDS = 20;
const MOST_LATE = 3;
const MOST_TOGETHER = 32;

/**
 * Stores what several calls ask for at the same time in one transaction, so that they share the way to the database and the wait for its
 * disk. Nobody waits for others to come: what is there at the end of a turn of the event loop goes out.
 */
export class StoreQueue {
  #waiting: Waiting[] = [];
  #isOnItsWay = false;
  #late = 0;
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
    if (this.#isDue || this.#waiting.length === 0 || this.#isOnItsWay) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      void this.#send(this.#waiting.splice(0, MOST_TOGETHER));
      this.#schedule();
    });
  }

  async #send(group: readonly Waiting[]): Promise<void> {
    this.#isOnItsWay = true;
    let isLate = false;
    const timer = setTimeout(() => {
      if (this.#late >= MOST_LATE) return;
      isLate = true;
      this.#late += 1;
      this.#leaveFree();
    }, LATE_MILLISECONDS);
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
    clearTimeout(timer);
    if (isLate) this.#late -= 1;
    else this.#leaveFree();
    for (const waiting of later) void this.#sendAlone(waiting);
  }

  #leaveFree(): void {
    this.#isOnItsWay = false;
    this.#schedule();
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

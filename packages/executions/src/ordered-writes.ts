import { setTimeout as sleep } from "node:timers/promises";
import { isImagewrightError } from "@imagewright/diagnostics";

const FIRST_WAIT = 100;
const LONGEST_WAIT = 2_000;

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
        await this.#repeat(write);
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

  async #repeat(write: () => Promise<void>): Promise<void> {
    for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        return await write();
      } catch (thrown) {
        // what the control plane says is no matter of the connection
        if (isImagewrightError(thrown) || !isOfConnection(thrown)) throw thrown;
        await sleep(wait, undefined, { signal: this.signal }).catch(() => {
          throw thrown;
        });
      }
    }
  }
}

// what Postgres says when it stops, starts, has too many connections, or gives a transaction up for another one; the rest is of sockets
const SQL_STATES = /^(08|57P0|53|40)/;

function isOfConnection(thrown: unknown): boolean {
  const { code, message = "" } = (thrown ?? {}) as { code?: unknown; message?: string };
  if (typeof code === "string") return SQL_STATES.test(code) || /^E[A-Z]+$/.test(code);
  return /connection|timeout/i.test(message);
}

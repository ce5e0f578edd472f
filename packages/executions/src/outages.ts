import { setTimeout as sleep } from "node:timers/promises";
import { ApiError } from "@imagewright/imagebuilder-model";
import { isImagewrightError } from "@imagewright/diagnostics";

const FIRST_WAIT = 100;
const LONGEST_WAIT = 2_000;

/** Repeats what fails because the database cannot be reached, until it does not, or the signal ends it. Any other failure is thrown. */
export async function throughOutages<Result>(signal: AbortSignal, body: () => Promise<Result>): Promise<Result> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      return await body();
    } catch (thrown) {
      if (!isOutage(thrown)) throw thrown;
      await sleep(wait, undefined, { signal }).catch(() => {
        throw thrown;
      });
    }
  }
}

// what Postgres says when it stops, starts, has too many connections, gives a transaction up for another one, or was migrated since it has
// prepared a statement; the rest is of sockets
const SQL_STATES = /^(08|57P0|53|40|0A000)/;

function isOutage(thrown: unknown): boolean {
  if (thrown instanceof ApiError) return thrown.name === "ServiceUnavailableException";
  // what the control plane says is no matter of the connection; it may say that an operation has failed because of one
  if (isImagewrightError(thrown)) return thrown.cause !== undefined && isOutage(thrown.cause);
  const { code, message = "" } = (thrown ?? {}) as { code?: unknown; message?: string };
  if (typeof code === "string") return SQL_STATES.test(code) || /^E[A-Z]+$/.test(code);
  // the pool is that of a database that is somewhere else by now
  return /connection|timeout|calling end on the pool/i.test(message);
}

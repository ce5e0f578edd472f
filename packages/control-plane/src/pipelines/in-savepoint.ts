import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { databaseErrorOf, isLostRace, isRolledBack } from "../errors/database-errors.js";

/**
 * What the body returns, or what it has thrown: everything that it has changed is taken back then, and the transaction goes on. A lost
 * connection, and a lost race, which is to be tried again as a whole, are thrown.
 */
export async function inSavepoint<Result>(
  transaction: Kysely<Tables>,
  body: () => Promise<Result>,
): Promise<{ readonly result: Result } | { readonly thrown: unknown }> {
  await sql`savepoint body`.execute(transaction);
  try {
    return { result: await body() };
  } catch (thrown) {
    if (isLostRace(thrown) || (databaseErrorOf(thrown) !== undefined && !isRolledBack(thrown))) throw thrown;
    await sql`rollback to savepoint body`.execute(transaction);
    return { thrown };
  }
}

import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import type { DataKeys } from "./data-keys.js";
import { sealedBy } from "./sealed-text.js";

const ROWS_AT_ONCE = 500;

/** Seals every text with the newest data key, some rows a transaction, so that requests are answered meanwhile. */
export async function sealAgain(database: Kysely<Tables>, keys: DataKeys): Promise<void> {
  for (const [table, id, column] of [
    ["resource", "id", "document"],
    ["event_outbox", "id", "document"],
    ["access_key", "id", "secret"],
  ] as const) {
    const places = { table: sql.table(table), id: sql.ref(id), column: sql.ref(column) };
    let after: string | undefined;
    do after = await sealSome(database, keys, places, after);
    while (after !== undefined);
  }
}

type Fragment = ReturnType<typeof sql.ref>;

/** Returns the id of the last row that was read; undefined if there are no more. */
async function sealSome(
  connections: Kysely<Tables>,
  keys: DataKeys,
  { table, id, column }: { readonly table: Fragment; readonly id: Fragment; readonly column: Fragment },
  after: string | undefined,
): Promise<string | undefined> {
  return connections.transaction().execute(async (database) => {
    const { rows } = await sql<{ readonly id: string; readonly text: string }>`
      select ${id} as id, ${column} as text from ${table}
      where ${column} is not null ${after === undefined ? sql`` : sql`and ${id} > ${after}`}
      order by ${id} limit ${sql.lit(ROWS_AT_ONCE)} for no key update`.execute(database);
    for (const { id: row, text } of rows) {
      if (sealedBy(text) === keys.newest?.id) continue;
      const sealed = keys.seal(await keys.open(text));
      await sql`update ${table} set ${column} = ${sealed} where ${id} = ${row}`.execute(database);
    }
    return rows.length < ROWS_AT_ONCE ? undefined : rows.at(-1)?.id;
  });
}

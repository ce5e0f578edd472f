import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import type { Services } from "../services.js";
import type { DataKeys } from "./data-keys.js";
import { contextFor, isResourceKeyFailure } from "./resource-key-service.js";
import { sealedBy, type DataKey } from "./sealed-text.js";

const ROWS_AT_ONCE = 500;

type OwnKeys = Pick<Services, "ownKey" | "partition">;

/** Seals every text with the newest data key for it, some rows a transaction, so that requests are answered meanwhile. */
export async function sealAgain(database: Kysely<Tables>, keys: DataKeys, ownKeys: OwnKeys): Promise<void> {
  for (const [table, id, column] of [
    ["resource", "id", "document"],
    ["event_outbox", "id", "document"],
    ["access_key", "id", "secret"],
  ] as const) {
    const named = table === "resource" ? sql`region, owner, type, detail->>'kmsKeyId' as named` : sql`null as named`;
    const places = { table: sql.table(table), id: sql.ref(id), column: sql.ref(column), named };
    let after: string | undefined;
    do after = await sealSome(database, { keys, ownKeys }, places, after);
    while (after !== undefined);
  }
}

type Fragment = ReturnType<typeof sql.ref>;

interface Places {
  readonly table: Fragment;
  readonly id: Fragment;
  readonly column: Fragment;
  readonly named: Fragment;
}

interface StoredText {
  readonly id: string;
  readonly text: string;
  /** The key of KMS that the resource names. */
  readonly named: string | null;
  readonly region?: string;
  readonly owner?: string;
  readonly type?: string;
}

interface SealingKeys {
  readonly keys: DataKeys;
  readonly ownKeys: OwnKeys;
}

/** Returns the id of the last row that was read; undefined if there are no more. */
async function sealSome(
  connections: Kysely<Tables>,
  sealing: SealingKeys,
  { table, id, column, named }: Places,
  after: string | undefined,
): Promise<string | undefined> {
  return connections.transaction().execute(async (database) => {
    const { rows } = await sql<StoredText>`
      select ${id} as id, ${column} as text, ${named} from ${table}
      where ${column} is not null ${after === undefined ? sql`` : sql`and ${id} > ${after}`}
      order by ${id} limit ${sql.lit(ROWS_AT_ONCE)} for no key update`.execute(database);
    for (const row of rows) {
      const sealed = await sealedAgain(row, sealing).catch((thrown: unknown) => {
        // its key does not open it; it stays as it is
        if (!isResourceKeyFailure(thrown)) throw thrown;
      });
      if (sealed !== undefined) await sql`update ${table} set ${column} = ${sealed} where ${id} = ${row.id}`.execute(database);
    }
    return rows.length < ROWS_AT_ONCE ? undefined : rows.at(-1)?.id;
  });
}

/** Undefined if the newest data key for it seals it already. */
async function sealedAgain(row: StoredText, { keys, ownKeys }: SealingKeys): Promise<string | undefined> {
  const by = sealedBy(row.text);
  const key = (await ownKeyOfText(row, by, keys, ownKeys)) ?? keys.newest;
  return key === undefined || key.id === by ? undefined : keys.seal(await keys.open(row.text), key);
}

/** What is under a key of its own stays under it, whatever the setting is. */
async function ownKeyOfText(
  { named, region = "", owner = "", type = "" }: StoredText,
  by: number | undefined,
  keys: DataKeys,
  { ownKey, partition }: OwnKeys,
): Promise<DataKey | undefined> {
  if (by !== undefined) await keys.meet(by);
  const newest = by === undefined ? undefined : keys.resources.newestLike(by);
  if (newest !== undefined) return keys.resources.open(newest.id);
  if (named === null) return undefined;
  return ownKey(named, contextFor({ region, owner, type }, partition)).catch((thrown: unknown) => {
    // it goes on under the key of the server
    if (!isResourceKeyFailure(thrown)) throw thrown;
    return undefined;
  });
}

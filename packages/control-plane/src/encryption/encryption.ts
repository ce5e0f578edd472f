import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { controlPlaneError } from "../errors.js";
import type { DataKeys } from "./data-keys.js";
import type { KeyWrapper } from "./key-wrapper.js";
import { sealAgain } from "./seal-again.js";
import { sealedBy } from "./sealed-text.js";

/** How a database is encrypted. */
export interface EncryptionStatus {
  /** What wraps its data keys, as `KeyWrapper` names it; several only while it changes. Empty if nothing is encrypted. */
  readonly wrappedBy: readonly string[];
  /** Each data key, the newest last, with the number of texts that it seals. */
  readonly dataKeys: readonly { readonly id: number; readonly createdAt: string; readonly texts: number }[];
  /** The number of texts that are not sealed: stored before there was a key. */
  readonly plainTexts: number;
}

/** The encryption of what the database has, for who administers it. */
export interface DatabaseEncryption {
  status(): Promise<EncryptionStatus>;
  /**
   * Makes a new data key, and seals everything with it. Servers that run take the new key when they meet it; what they store with an
   * earlier one until then is sealed again by the next rotation. Errors: not-encrypted.
   */
  rotate(): Promise<EncryptionStatus>;
  /** Has another key wrap the data keys. Servers need it from their next start. Errors: not-encrypted. */
  rewrap(wrapper: KeyWrapper): Promise<EncryptionStatus>;
}

/** `database` returns what is stored as it is. */
export function createEncryption(database: Kysely<Tables>, keys: DataKeys): DatabaseEncryption {
  const requireKeys = () => {
    if (keys.newest === undefined) throw controlPlaneError("not-encrypted", {});
  };
  const status = () => readStatus(database);
  return {
    status,
    rotate: async () => {
      requireKeys();
      await keys.add();
      // no data key is removed: a server that has not met a newer one yet still seals with it
      await sealAgain(database, keys);
      return status();
    },
    rewrap: async (wrapper) => {
      requireKeys();
      await database.transaction().execute(async (transaction) => {
        await sql`lock table data_key in share row exclusive mode`.execute(transaction);
        await keys.refresh();
        for (const { id, bytes } of keys.all) {
          const wrapped = Buffer.from(await wrapper.wrap(bytes));
          await transaction.updateTable("data_key").set({ wrapped, wrapped_by: wrapper.name }).where("id", "=", id).execute();
        }
      });
      return status();
    },
  };
}

const COUNTS = sql<{ readonly start: string; readonly texts: string }>`
  select left(text, 20) as start, count(*) as texts from (
    select split_part(document, ':', 1) || ':' || split_part(document, ':', 2) || ':' as text from resource
      where document like E'\\x01sealed:%'
    union all select split_part(secret, ':', 1) || ':' || split_part(secret, ':', 2) || ':' from access_key
      where secret like E'\\x01sealed:%'
    union all select split_part(document, ':', 1) || ':' || split_part(document, ':', 2) || ':' from event_outbox
      where document like E'\\x01sealed:%'
    union all select '' from event_outbox where document is not null and document not like E'\\x01sealed:%'
    union all select '' from resource where document is not null and document not like E'\\x01sealed:%'
    union all select '' from access_key where secret not like E'\\x01sealed:%'
  ) as stored group by 1`;

async function readStatus(database: Kysely<Tables>): Promise<EncryptionStatus> {
  const keys = await database.selectFrom("data_key").select(["id", "wrapped_by", "created_at"]).orderBy("id").execute();
  const { rows } = await COUNTS.execute(database);
  const count = (id: number | undefined) => rows.reduce((sum, { start, texts }) => sum + (sealedBy(start) === id ? Number(texts) : 0), 0);
  return {
    wrappedBy: [...new Set(keys.map(({ wrapped_by: name }) => name))],
    dataKeys: keys.map(({ id, created_at: at }) => ({ id, createdAt: at.toISOString(), texts: count(id) })),
    plainTexts: count(undefined),
  };
}

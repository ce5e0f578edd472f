import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import type { DataKeys } from "./data-keys.js";
import type { StoredDataKey } from "./resource-data-keys.js";
import { sealedBy } from "./sealed-text.js";

/** A data key for resources that name a key of their own. */
export interface ResourceKeyStatus {
  readonly id: number;
  /** The ARN of the key of KMS. */
  readonly key: string;
  /** What it seals: `arn:aws:imagebuilder:eu-west-1:123456789012:component/*`. */
  readonly resources: string;
  /** The number of texts that it seals. */
  readonly texts: number;
  /** Why the key does not open it now; null if it does. */
  readonly problem: string | null;
}

/** How a database is encrypted. */
export interface EncryptionStatus {
  /** What wraps the data keys of the server, as `KeyWrapper` names it; several only while it changes. Empty if it has none. */
  readonly wrappedBy: readonly string[];
  /** Each data key of the server, the newest last, with the number of texts that it seals. */
  readonly dataKeys: readonly { readonly id: number; readonly createdAt: string; readonly texts: number }[];
  /** Each data key for resources that name a key of KMS, the newest last. Each of these keys is asked. */
  readonly resourceKeys: readonly ResourceKeyStatus[];
  /** The number of texts that are not sealed: stored before there was a key. */
  readonly plainTexts: number;
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

/** `database` returns what is stored as it is. */
export async function readEncryptionStatus(database: Kysely<Tables>, keys: DataKeys): Promise<EncryptionStatus> {
  await keys.resources.refresh();
  const ofServer = await database
    .selectFrom("data_key")
    .select(["id", "wrapped_by", "created_at"])
    .where("context", "is", null)
    .orderBy("id")
    .execute();
  const { rows } = await COUNTS.execute(database);
  const count = (id: number | undefined) => rows.reduce((sum, { start, texts }) => sum + (sealedBy(start) === id ? Number(texts) : 0), 0);
  const statusOf = async (stored: StoredDataKey) => {
    const { id, key, context: resources } = stored;
    return { id, key, resources, texts: count(id), problem: (await keys.resources.problemOf(stored)) ?? null };
  };
  return {
    wrappedBy: [...new Set(ofServer.map(({ wrapped_by: name }) => name))],
    dataKeys: ofServer.map(({ id, created_at: at }) => ({ id, createdAt: at.toISOString(), texts: count(id) })),
    resourceKeys: await Promise.all(keys.resources.all.map(statusOf)),
    plainTexts: count(undefined),
  };
}

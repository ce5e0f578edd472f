import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";

/** A key with which requests are signed. */
export interface StoredAccessKey {
  readonly id: string;
  readonly secretAccessKey: string;
  readonly account: string;
  /** The ARN of the identity that it belongs to. */
  readonly principal: string;
}

interface KeyServices {
  readonly clock: () => Date;
  readonly random: (bytes: number) => Uint8Array;
  readonly partition: string;
}

/** The key with an id, or undefined. */
export function findAccessKey(database: Kysely<Tables>, id: string): Promise<StoredAccessKey | undefined> {
  return database
    .selectFrom("access_key")
    .select(["id", "secret as secretAccessKey", "account", "principal"])
    .where("id", "=", id)
    .executeTakeFirst();
}

/** The key of an account's root, the oldest if there are several; undefined if there is none. */
export function findRootAccessKey(
  database: Kysely<Tables>,
  account: string,
  { partition }: Pick<KeyServices, "partition">,
): Promise<StoredAccessKey | undefined> {
  return database
    .selectFrom("access_key")
    .select(["id", "secret as secretAccessKey", "account", "principal"])
    .where("principal", "=", rootOf(account, partition))
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
}

/**
 * Makes the key of an account's root, who may do everything. Undefined if the account has a key: of servers that start at once, one makes
 * it.
 */
export function createRootAccessKey(
  connections: Kysely<Tables>,
  account: string,
  { clock, random, partition }: KeyServices,
): Promise<StoredAccessKey | undefined> {
  return connections.transaction().execute(async (database) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`root key ${account}`}, 0))`.execute(database);
    const existing = await database.selectFrom("access_key").select("id").where("account", "=", account).limit(1).executeTakeFirst();
    if (existing !== undefined) return undefined;
    const secretAccessKey = Buffer.from(random(30)).toString("base64");
    const key = { id: `AKIA${base32(random(10))}`, secretAccessKey, account, principal: rootOf(account, partition) };
    await database
      .insertInto("access_key")
      .values({ id: key.id, secret: secretAccessKey, account, principal: key.principal, created_at: clock() })
      .execute();
    return key;
  });
}

function rootOf(account: string, partition: string): string {
  return `arn:${partition}:iam::${account}:root`;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function base32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join("");
}

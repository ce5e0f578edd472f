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

/** What making a key needs. */
export interface KeyServices {
  readonly clock: () => Date;
  readonly random: (bytes: number) => Uint8Array;
  readonly partition: string;
  /** A secret as it is to be stored: sealed, if the database is encrypted. */
  readonly seal: (text: string) => string;
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
 * Makes the key of an account's root, who may do everything. Undefined if there is one: of servers that start at once, one makes it.
 */
export function createRootAccessKey(
  connections: Kysely<Tables>,
  account: string,
  { clock, random, partition, seal }: KeyServices,
): Promise<StoredAccessKey | undefined> {
  return connections.transaction().execute(async (database) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`root key ${account}`}, 0))`.execute(database);
    const principal = rootOf(account, partition);
    const existing = await database.selectFrom("access_key").select("id").where("principal", "=", principal).limit(1).executeTakeFirst();
    if (existing !== undefined) return undefined;
    return storeNewKey(database, { account, principal }, { clock, random, seal });
  });
}

/** Makes another key of an identity. */
export async function storeNewKey(
  database: Kysely<Tables>,
  { account, principal }: Pick<StoredAccessKey, "account" | "principal">,
  { clock, random, seal }: Omit<KeyServices, "partition">,
): Promise<StoredAccessKey> {
  const secretAccessKey = Buffer.from(random(30)).toString("base64");
  const id = `AKIA${base32(random(10))}`;
  await database
    .insertInto("access_key")
    .values({ id, secret: seal(secretAccessKey), account, principal, created_at: clock() })
    .execute();
  return { id, secretAccessKey, account, principal };
}

/** The ARN of the root of an account, who may do everything in it. */
export function rootOf(account: string, partition: string): string {
  return `arn:${partition}:iam::${account}:root`;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function base32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join("");
}

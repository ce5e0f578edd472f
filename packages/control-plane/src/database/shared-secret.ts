import type { Kysely } from "kysely";
import type { Tables } from "./tables.js";

/** A secret that all servers of the database share: the first one makes it. */
export async function sharedSecret(database: Kysely<Tables>, name: string, random: (bytes: number) => Uint8Array): Promise<Uint8Array> {
  await database
    .insertInto("server_secret")
    .values({ name, value: Buffer.from(random(32)) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { value } = await database.selectFrom("server_secret").select("value").where("name", "=", name).executeTakeFirstOrThrow();
  return value;
}

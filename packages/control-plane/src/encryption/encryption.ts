import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { controlPlaneError } from "../errors.js";
import type { Services } from "../services.js";
import type { DataKeys } from "./data-keys.js";
import { readEncryptionStatus, type EncryptionStatus } from "./encryption-status.js";
import type { KeyWrapper } from "./key-wrapper.js";
import { isResourceKeyFailure } from "./resource-key-service.js";
import { sealAgain } from "./seal-again.js";

/** The encryption of what the database has, for who administers it. */
export interface DatabaseEncryption {
  status(): Promise<EncryptionStatus>;
  /**
   * Makes a new data key under each key, and seals everything with them. What names a key of its own and was stored while such keys were
   * stored only gets it, if they are used now. What a key does not open stays as it is; its status says why. Servers that run take the new
   * keys when they meet them; what they store with an earlier one until then is sealed again by the next rotation. Errors: not-encrypted.
   */
  rotate(): Promise<EncryptionStatus>;
  /** Has another key wrap the data keys of the server. Servers need it from their next start. Errors: not-encrypted. */
  rewrap(wrapper: KeyWrapper): Promise<EncryptionStatus>;
}

/** `database` returns what is stored as it is. */
export function createEncryption(
  database: Kysely<Tables>,
  keys: DataKeys,
  services: Pick<Services, "ownKey" | "partition">,
): DatabaseEncryption {
  const requireKeys = (isEnough: boolean) => {
    if (!isEnough) throw controlPlaneError("not-encrypted", {});
  };
  const status = () => readEncryptionStatus(database, keys);
  return {
    status,
    rotate: async () => {
      await keys.refresh();
      requireKeys(keys.newest !== undefined || keys.resources.all.length > 0);
      if (keys.newest !== undefined) await keys.add();
      await renewResourceKeys(keys);
      // no data key is removed: a server that has not met a newer one yet still seals with it
      await sealAgain(database, keys, services);
      return status();
    },
    rewrap: async (wrapper) => {
      requireKeys(keys.newest !== undefined);
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

/** A data key whose key cannot be used now stays the newest one. */
async function renewResourceKeys({ resources }: DataKeys): Promise<void> {
  const newest = resources.all.filter(({ id }) => resources.newestLike(id)?.id === id);
  for (const stored of newest)
    await resources.renew(stored).catch((thrown: unknown) => {
      if (!isResourceKeyFailure(thrown)) throw thrown;
    });
}

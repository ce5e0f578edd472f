import { readAccessPolicy } from "@imagewright/access-policies";
import { hasErrors, renderText } from "@imagewright/diagnostics";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { controlPlaneError } from "../errors.js";
import { storeNewKey, type KeyServices, type StoredAccessKey } from "./access-keys.js";

/** A policy of a user: its name, and its text in JSON. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: string;
}

export interface NewUserKey {
  /** The account, 12 digits. */
  readonly account: string;
  readonly user: string;
  /** The policies that the user has from now on, in place of earlier ones. Without them those stay; a new user may do nothing. */
  readonly policies?: readonly NamedPolicy[];
}

/** A key without its secret. */
export interface ListedKey {
  readonly id: string;
  readonly account: string;
  readonly principal: string;
  readonly createdAt: Date;
  /** The names of the policies of its user. */
  readonly policies: readonly string[];
}

/** The keys of users, for who administers the server. */
export interface UserKeys {
  /** Makes another key of a user. Errors: user-name-invalid, account-invalid, policy-invalid with all faults of a policy. */
  create(request: NewUserKey): Promise<StoredAccessKey>;
  /** All keys, or those of an account, the oldest first. */
  list(account?: string): Promise<readonly ListedKey[]>;
  /** Makes a key of the same identity in place of another one, which counts no more. Errors: no-such-key. */
  rotate(id: string): Promise<StoredAccessKey>;
  /** Errors: no-such-key. */
  remove(id: string): Promise<void>;
}

// as IAM has them
const USER_NAME = /^[\w+=,.@-]{1,64}$/;

export function createUserKeys(connections: Kysely<Tables>, services: KeyServices): UserKeys {
  const inTransaction = <Result>(body: (database: Kysely<Tables>) => Promise<Result>) => connections.transaction().execute(body);
  return {
    create: async ({ account, user, policies }) => {
      if (!/^\d{12}$/.test(account)) throw controlPlaneError("account-invalid", { account });
      if (!USER_NAME.test(user)) throw controlPlaneError("user-name-invalid", { user });
      policies?.forEach(checkPolicy);
      const principal = `arn:${services.partition}:iam::${account}:user/${user}`;
      return inTransaction(async (database) => {
        if (policies !== undefined) await replacePolicies(database, principal, policies, services.clock());
        return storeNewKey(database, { account, principal }, services);
      });
    },
    list: (account) => listKeys(connections, account),
    rotate: (id) => inTransaction(async (database) => storeNewKey(database, await removeKey(database, id), services)),
    remove: async (id) => void (await removeKey(connections, id)),
  };
}

function checkPolicy({ name, document }: NamedPolicy): void {
  const { diagnostics } = readAccessPolicy(document, { kind: "identity", name });
  if (hasErrors(diagnostics)) throw controlPlaneError("policy-invalid", { name, faults: renderText(diagnostics) });
}

async function replacePolicies(database: Kysely<Tables>, principal: string, policies: readonly NamedPolicy[], now: Date): Promise<void> {
  await database.deleteFrom("identity_policy").where("principal", "=", principal).execute();
  if (policies.length === 0) return;
  const rows = policies.map(({ name, document }) => ({ principal, name, document, created_at: now }));
  await database.insertInto("identity_policy").values(rows).execute();
}

/** Removes a key, and returns whose it was. */
async function removeKey(database: Kysely<Tables>, id: string): Promise<Pick<StoredAccessKey, "account" | "principal">> {
  const removed = await database.deleteFrom("access_key").where("id", "=", id).returning(["account", "principal"]).executeTakeFirst();
  if (removed === undefined) throw controlPlaneError("no-such-key", { id });
  return removed;
}

async function listKeys(database: Kysely<Tables>, account: string | undefined): Promise<readonly ListedKey[]> {
  let keys = database.selectFrom("access_key").select(["id", "account", "principal", "created_at"]).orderBy("created_at").orderBy("id");
  if (account !== undefined) keys = keys.where("account", "=", account);
  const policies = await database.selectFrom("identity_policy").select(["principal", "name"]).orderBy("name").execute();
  return (await keys.execute()).map(({ created_at, ...key }) => ({
    ...key,
    createdAt: created_at,
    policies: policies.filter(({ principal }) => principal === key.principal).map(({ name }) => name),
  }));
}

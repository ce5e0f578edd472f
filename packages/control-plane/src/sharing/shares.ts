import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { ResourceRow } from "../database/tables.js";
import { resourceIsShared, resourceUsedElsewhere } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";
import { dependentsWithoutShare } from "../resources/references.js";
import { EVERY_ACCOUNT } from "./shared-accounts.js";

/** Whether a row of `resource`, under this name, is shared with the account of the caller. */
export function isSharedWith({ caller }: Pick<CallContext, "caller">, name = "resource"): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (
    select from resource_share as share
    where share.resource_id = ${sql.ref(`${name}.id`)} and share.account in (${caller.account}, ${EVERY_ACCOUNT})
  )`;
}

/** Stores with whom a resource is shared. Throws if an account that is left out depends on it. Source: guide chapter 33, "Unshare". */
export async function replaceShares(context: CallContext, row: ResourceRow, accounts: readonly string[]): Promise<void> {
  const { database, operation } = context;
  await database.deleteFrom("resource_share").where("resource_id", "=", row.id).execute();
  if (accounts.length > 0)
    await database
      .insertInto("resource_share")
      .values(accounts.map((account) => ({ resource_id: row.id, account })))
      .execute();
  const dependents = await dependentsWithoutShare(context, row);
  if (dependents.length > 0) throw resourceUsedElsewhere(operation, row.arn, dependents);
}

/** Throws ResourceDependencyException for a resource that is shared: its consumers would lose it. Source: guide chapter 33, "Unshare". */
export async function assertNotShared({ database }: CallContext, { id, arn }: ResourceRow): Promise<void> {
  const rows = await database.selectFrom("resource_share").select("account").where("resource_id", "=", id).orderBy("account").execute();
  if (rows.length === 0) return;
  throw resourceIsShared(
    arn,
    rows.map(({ account }) => account),
  );
}

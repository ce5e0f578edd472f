import { sql } from "kysely";
import { quotaExceeded } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";

/**
 * Throws ServiceQuotaExceededException if the account may have no further resource of a kind. Without a quota nothing is counted; with one,
 * creations of the kind wait for each other, so that it is exact.
 */
export async function assertQuota({ database, caller, services }: CallContext, kind: string): Promise<void> {
  const limit = services.quotas.resources?.[kind];
  if (limit === undefined) return;
  const { region, account } = caller;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`quota ${region} ${account} ${kind}`}, 0))`.execute(database);
  const { rows } = await sql<{ found: number }>`
    select count(*)::integer as found from (
      select from resource where region = ${region} and owner = ${account} and kind = ${kind} limit ${limit}
    ) as counted`.execute(database);
  if ((rows[0]?.found ?? 0) >= limit) throw quotaExceeded(`resources of the kind '${kind}'`, limit);
}

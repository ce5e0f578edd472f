import { sql, type SqlBool } from "kysely";
import type { ResourceQuery } from "./resource-query.js";

/**
 * Only what is not deprecated. The state is in the text of the statement, so that the plan for any values is as good as the one for these:
 * of a parameter Postgres knows nothing, expects hardly a row, and would read and sort all.
 */
export function notDeprecated(query: ResourceQuery): ResourceQuery {
  return query.where(sql<SqlBool>`status <> 'DEPRECATED'`);
}

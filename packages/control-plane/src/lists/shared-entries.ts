import { sql, type SqlBool } from "kysely";
import type { CallContext } from "../operation-definition.js";
import { isSharedWith } from "../sharing/shares.js";
import type { ResourceQuery } from "./resource-query.js";

/** What a list has: an entry of each name, its newest version; of each version, its newest build; or all builds. */
export type ListedEntries = "names" | "versions" | "builds";

/** What other accounts share with the caller's: the newest is the newest of those that are shared. */
export function sharedEntries(query: ResourceQuery, context: CallContext, entries: ListedEntries): ResourceQuery {
  const { account } = context.caller;
  const shared = query.where("owner", "<>", account).where(isSharedWith(context));
  if (entries === "builds") return shared;
  const byName = sql`(newer.major, newer.minor, newer.patch, newer.build) > (resource.major, resource.minor, resource.patch, resource.build)`;
  const ofVersion = sql`(newer.major, newer.minor, newer.patch) = (resource.major, resource.minor, resource.patch)
      and newer.build > resource.build`;
  return shared.where(sql<SqlBool>`not exists (
    select from resource as newer
    where newer.region = resource.region and newer.owner = resource.owner and newer.kind = resource.kind and newer.type = resource.type
      and newer.slug = resource.slug and ${entries === "names" ? byName : ofVersion} and ${isSharedWith(context, "newer")}
  )`);
}

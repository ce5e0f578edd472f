import type { ResourceArn } from "@imagewright/imagebuilder-model";
import { sql, type RawBuilder } from "kysely";
import type { ResourceRow } from "../database/tables.js";
import { resourceDependedOn } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";
import { EVERY_ACCOUNT } from "../sharing/shared-accounts.js";
import { nameOfArn } from "./resource-name.js";

/** Stores what a resource names, by ARNs of builds, versions, or choices of versions; what it named before is forgotten. */
export async function storeReferences(
  { database }: CallContext,
  { id }: Pick<ResourceRow, "id">,
  references: readonly ResourceArn[],
): Promise<void> {
  await database.deleteFrom("resource_reference").where("resource_id", "=", id).execute();
  if (references.length === 0) return;
  await database
    .insertInto("resource_reference")
    .values(
      references.map((arn) => {
        const [major = null, minor = null, patch = null, build = null] = arn.pattern?.numbers ?? [];
        return { resource_id: id, ...nameOfArn(arn), major, minor, patch, build };
      }),
    )
    .execute();
}

/**
 * Throws ResourceDependencyException if others depend on a resource: they name it, or name a choice of versions or builds of which it is
 * the last one. The name is locked, so that what it finds stays true.
 */
export async function assertNoDependents({ database }: CallContext, row: ResourceRow): Promise<void> {
  const dependents = await dependentsOf(database, row, { who: sql`true`, others: sql`true` });
  if (dependents.length > 0) throw resourceDependedOn(row.arn, dependents);
}

/** The ARNs of what depends on a resource and is of accounts with which it is shared no more; eleven at most. */
export function dependentsWithoutShare({ database }: Pick<CallContext, "database">, row: ResourceRow): Promise<readonly string[]> {
  const isShared = (id: RawBuilder<unknown>) => sql`exists (
    select from resource_share as share where share.resource_id = ${id} and share.account in (dependent.owner, ${EVERY_ACCOUNT})
  )`;
  const who = sql`dependent.owner <> ${row.owner} and not ${isShared(sql`${row.id}::bigint`)}`;
  return dependentsOf(database, row, { who, others: isShared(sql.ref("other.id")) });
}

/** The ARNs of those that depend on a row: `who` of them counts, unless `others` of what they name is there as well. */
async function dependentsOf(
  database: CallContext["database"],
  row: ResourceRow,
  { who, others }: { readonly who: RawBuilder<unknown>; readonly others: RawBuilder<unknown> },
): Promise<readonly string[]> {
  const { rows } = await sql<{ arn: string }>`
    select distinct dependent.arn
    from resource_reference as named
    join resource as dependent on dependent.id = named.resource_id
    where named.region = ${row.region} and named.owner = ${row.owner} and named.type = ${row.type} and named.slug = ${row.slug}
      and coalesce(named.major, ${row.major}) = ${row.major}
      and coalesce(named.minor, ${row.minor}) = ${row.minor}
      and coalesce(named.patch, ${row.patch}) = ${row.patch}
      and coalesce(named.build, ${row.build}) = ${row.build}
      and ${who}
      and not exists (
        select from resource as other
        where other.region = ${row.region} and other.owner = ${row.owner} and other.kind = ${row.kind} and other.type = ${row.type}
          and other.slug = ${row.slug} and other.id <> ${row.id}
          and other.major = coalesce(named.major, other.major) and other.minor = coalesce(named.minor, other.minor)
          and other.patch = coalesce(named.patch, other.patch) and other.build = coalesce(named.build, other.build)
          and ${others}
      )
    order by dependent.arn limit 11`.execute(database);
  return rows.map(({ arn }) => arn);
}

import { sql } from "kysely";
import type { ResourceRow } from "../database/tables.js";
import type { CallContext } from "../operation-definition.js";
import { kindOf, type NameOfResource, type VersionNumbers } from "./resource-name.js";

/**
 * Before a build is stored: its version's builds are no longer the newest. Returns whether it will be the newest of its name. The name is
 * locked. Lists read the two marks, so that a page costs the same however many builds there are.
 */
export async function markOlder({ database }: CallContext, name: NameOfResource, version: VersionNumbers): Promise<boolean> {
  const { region, owner, type, slug } = name;
  const { major, minor, patch } = version;
  const { rows } = await sql<{ newer: boolean }>`
    with older as (
      update resource set
        newest_build = newest_build and (major, minor, patch) <> (${major}::integer, ${minor}::integer, ${patch}::integer),
        newest_version = newest_version and (major, minor, patch) > (${major}::integer, ${minor}::integer, ${patch}::integer)
      where region = ${region} and owner = ${owner} and kind = ${kindOf(type)} and type = ${type} and slug = ${slug}
        and (newest_build or newest_version)
        and (newest_version or (major, minor, patch) = (${major}::integer, ${minor}::integer, ${patch}::integer))
    )
    select exists (
      select from resource
      where region = ${region} and owner = ${owner} and kind = ${kindOf(type)} and type = ${type} and slug = ${slug}
        and (major, minor, patch) > (${major}::integer, ${minor}::integer, ${patch}::integer)
    ) as newer`.execute(database);
  return rows[0]?.newer !== true;
}

/** After a build was deleted: the newest of those that are left takes its marks. */
export async function markNewest({ database }: CallContext, deleted: ResourceRow): Promise<void> {
  const { region, owner, kind, type, slug, major, minor, patch } = deleted;
  const ofName = sql`region = ${region} and owner = ${owner} and kind = ${kind} and type = ${type} and slug = ${slug}`;
  if (deleted.newest_build)
    await sql`update resource set newest_build = true where id = (
      select id from resource where ${ofName} and major = ${major} and minor = ${minor} and patch = ${patch}
      order by build desc limit 1)`.execute(database);
  if (deleted.newest_version)
    await sql`update resource set newest_version = true where id = (
      select id from resource where ${ofName} order by major desc, minor desc, patch desc, build desc limit 1)`.execute(database);
}

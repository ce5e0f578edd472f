import { sql, type RawBuilder } from "kysely";
import type { ResourceRow } from "../database/tables.js";
import type { CallContext } from "../operation-definition.js";
import { kindOf, type NameOfResource, type VersionNumbers } from "./resource-name.js";

/** The resources of a name, and the numbers of a version, in conditions. */
function partsOf({ region, owner, type, slug }: NameOfResource, { major, minor, patch }: VersionNumbers) {
  return {
    ofName: sql`region = ${region} and owner = ${owner} and kind = ${kindOf(type)} and type = ${type} and slug = ${slug}`,
    numbers: sql`(${major}::integer, ${minor}::integer, ${patch}::integer)`,
  };
}

/**
 * The part of the statement that stores a build with which the other builds of its version are no longer the newest, nor those of older
 * versions the newest of the name. The name is locked. Lists read the two marks, so that a page costs the same however many builds there
 * are.
 */
export function markOlder(name: NameOfResource, version: VersionNumbers): RawBuilder<unknown> {
  const { ofName, numbers } = partsOf(name, version);
  return sql`update resource set
      newest_build = newest_build and (major, minor, patch) <> ${numbers},
      newest_version = newest_version and (major, minor, patch) > ${numbers}
    where ${ofName} and (newest_build or newest_version) and (newest_version or (major, minor, patch) = ${numbers})`;
}

/** Whether a build that is stored will be the newest of its name: there is none of a newer version. */
export function isNewestVersion(name: NameOfResource, version: VersionNumbers): RawBuilder<boolean> {
  const { ofName, numbers } = partsOf(name, version);
  return sql`not exists (select from resource where ${ofName} and (major, minor, patch) > ${numbers})`;
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

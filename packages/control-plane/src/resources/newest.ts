import { sql } from "kysely";
import type { ResourceRow } from "../database/tables.js";
import type { CallContext } from "../operation-definition.js";

/**
 * After a build was deleted: the newest of those that are left takes its marks, as a stored one takes them from others. Lists read them, so
 * that a page costs the same however many builds there are.
 */
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

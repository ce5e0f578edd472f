import { sql, type Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import type { RunUses } from "./run-uses.js";

/**
 * Notes fingerprints that were seen for the first time, without a build, so that later ones are compared with them. Where what the last
 * build used was not noted, this is taken for it, since nothing of it is newer.
 */
export async function rememberContents(
  database: Kysely<Tables>,
  { id }: Pick<ResourceRow, "id">,
  seen: RunUses | undefined,
): Promise<void> {
  if (seen === undefined || Object.keys(seen.contents).length === 0) return;
  const [uses, contents] = [JSON.stringify(seen), JSON.stringify(seen.contents)];
  const withContents = (column: string) =>
    sql`jsonb_set(${sql.ref(column)}, '{contents}', ${contents}::jsonb || (${sql.ref(column)} -> 'contents'))`;
  await sql`
    update image_pipeline_state set
      run_uses = case when run_uses is null then ${uses}::jsonb else ${withContents("run_uses")} end,
      build_uses = case when run_uses is null then ${uses}::jsonb else ${withContents("build_uses")} end
    where resource_id = ${id}`.execute(database);
}

import { parseArn } from "@imagewright/imagebuilder-model";
import { sql } from "kysely";
import type { ResourceRow } from "../database/tables.js";
import { findByArn, type FindContext } from "../resources/find-resource.js";

/**
 * The ARNs of the components and the base image that the recipe of a pipeline names and that are newer than the pipeline's last run: of
 * several versions or builds that fit, the newest that can be used. All of them, if it has never run. What comes with the service counts
 * like anything else; what the database does not have, such as an AMI, does not.
 * Source: API model, `Schedule.pipelineExecutionStartCondition`.
 */
export async function dependencyUpdates(context: FindContext, pipeline: ResourceRow): Promise<readonly string[]> {
  const { imageRecipeArn, containerRecipeArn } = pipeline.detail as {
    readonly imageRecipeArn?: string;
    readonly containerRecipeArn?: string;
  };
  const recipe = await findByArn(context, parseArn(imageRecipeArn ?? containerRecipeArn ?? ""));
  if (recipe === undefined) return [];
  const { rows } = await sql<{ arn: string }>`
    select newest.arn
    from resource_reference as named
    cross join lateral (
      select arn, created_at from resource
      where region = named.region and owner = named.owner and kind = named.type and type = named.type and slug = named.slug
        and major = coalesce(named.major, major) and minor = coalesce(named.minor, minor) and patch = coalesce(named.patch, patch)
        and build = coalesce(named.build, build) and status = case kind when 'image' then 'AVAILABLE' else 'ACTIVE' end
      order by major desc, minor desc, patch desc, build desc limit 1
    ) as newest
    where named.resource_id = ${recipe.id} and named.type in ('component', 'image')
      and newest.created_at >= coalesce(
        (select last_run_at from image_pipeline_state where resource_id = ${pipeline.id}), '-infinity'::timestamptz)
    order by newest.arn`.execute(context.database);
  return rows.map(({ arn }) => arn);
}

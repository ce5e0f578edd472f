import { parseArn, type ResourceArn } from "@imagewright/imagebuilder-model";
import { sql } from "kysely";
import type { ResourceRow } from "../database/tables.js";
import { findByArn, type FindContext } from "../resources/find-resource.js";
import { isSharedWith } from "../sharing/shares.js";

/** A resource that a run of a pipeline would use now: the newest that fits what is named. */
export interface Dependency {
  readonly type: string;
  readonly owner: string;
  readonly name: string;
  /** `1.0.0/3`; of a recipe `1.0.0`. */
  readonly version: string;
  /** Whether it is named with wildcards. What is named exactly has no updates. */
  readonly isFollowed: boolean;
  readonly createdAt: Date;
}

/** What a pipeline's run would use now. */
export interface PipelineDependencies {
  readonly recipe: ResourceRow;
  /** The recipe, and the components and the base image that it names and the database has. */
  readonly all: readonly Dependency[];
}

interface PipelineRecipe {
  readonly imageRecipeArn?: string;
  readonly containerRecipeArn?: string;
}

/**
 * What a run of the pipeline would use now; undefined if its recipe is gone. Of several versions or builds that fit, the newest that can be
 * used: a component that is ACTIVE, an image that is AVAILABLE, of another account one that is shared. What the database does not have,
 * such as an AMI, is not among them. Source: API model, `Schedule.pipelineExecutionStartCondition`; guide chapters 03 (note on versions),
 * 40.
 */
export async function dependenciesOf(context: FindContext, pipeline: ResourceRow): Promise<PipelineDependencies | undefined> {
  const named = recipeArnOf(pipeline);
  const recipe = await findByArn(context, named);
  if (recipe === undefined) return undefined;
  const { rows } = await sql<Dependency>`
    select newest.type, newest.owner, newest.slug as name, newest.version || '/' || newest.build as version,
      named.major is null or named.minor is null or named.patch is null as "isFollowed", newest.created_at as "createdAt"
    from resource_reference as named
    cross join lateral (
      select * from resource
      where region = named.region and owner = named.owner and kind = named.type and type = named.type and slug = named.slug
        and major = coalesce(named.major, major) and minor = coalesce(named.minor, minor) and patch = coalesce(named.patch, patch)
        and build = coalesce(named.build, build) and status = case kind when 'image' then 'AVAILABLE' else 'ACTIVE' end
        and (owner = ${context.caller.account} or owner !~ '^[0-9]{12}$' or ${isSharedWith(context)})
      order by major desc, minor desc, patch desc, build desc limit 1
    ) as newest
    where named.resource_id = ${recipe.id} and named.type in ('component', 'image')
    order by newest.type, newest.slug`.execute(context.database);
  const { type, owner, slug: name, version, created_at: createdAt } = recipe;
  const isFollowed = (named.pattern?.numbers ?? []).slice(0, 3).filter((number) => number !== undefined).length < 3;
  return { recipe, all: [{ type, owner, name, version, isFollowed, createdAt }, ...rows] };
}

/** The recipe that a run of the pipeline would use now; undefined if it is gone. */
export function recipeOfPipeline(context: FindContext, pipeline: ResourceRow): Promise<ResourceRow | undefined> {
  return findByArn(context, recipeArnOf(pipeline));
}

function recipeArnOf({ detail }: ResourceRow): ResourceArn {
  const { imageRecipeArn, containerRecipeArn } = detail as PipelineRecipe;
  return parseArn(imageRecipeArn ?? containerRecipeArn ?? "");
}

/** The versions of a run that uses them. */
export function versionsOf(dependencies: readonly Dependency[]): Readonly<Record<string, string>> {
  return Object.fromEntries(dependencies.map((dependency) => [keyOfDependency(dependency), dependency.version]));
}

/** What a dependency is of, in all versions. */
export function keyOfDependency({ owner, type, name }: Dependency): string {
  return `${owner}:${type}/${name}`;
}

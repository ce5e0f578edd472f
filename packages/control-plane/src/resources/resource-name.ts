import type { ResourceArn, ResourceType } from "@imagewright/imagebuilder-model";
import { sql } from "kysely";
import type { CallContext } from "../operation-definition.js";

/** What all versions and builds of a resource have in common. */
export interface NameOfResource {
  readonly region: string;
  readonly owner: string;
  readonly type: ResourceType;
  readonly slug: string;
}

/** The three numbers of a version. */
export interface VersionNumbers {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** The types of resources that have tags: all but executions. */
export const TAGGED_TYPES = [
  ...(["component", "image", "image-recipe", "container-recipe", "workflow/build", "workflow/test", "workflow/distribution"] as const),
  ...(["image-pipeline", "infrastructure-configuration", "distribution-configuration", "lifecycle-policy"] as const),
] as const satisfies readonly ResourceType[];

/** Of resources that have no versions. */
export const NO_VERSION: VersionNumbers = { major: 0, minor: 0, patch: 0 };

/** The kind under which resources of a type are listed: the three types of workflows are one. */
export function kindOf(type: ResourceType): string {
  return type.startsWith("workflow/") ? "workflow" : type;
}

/** The name of a resource as the model writes it: `ImageRecipe`. */
export function modelNameOf(type: ResourceType): string {
  return kindOf(type).replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export function nameOfArn({ region, owner, type, name }: ResourceArn): NameOfResource {
  return { region, owner, type, slug: name };
}

/**
 * Waits until no other transaction creates or deletes versions and builds of the name, and keeps the others waiting until this one ends:
 * numbers have no gaps and no doubles, and what is named is not deleted meanwhile.
 */
export async function lockName({ database }: CallContext, { region, owner, type, slug }: NameOfResource): Promise<void> {
  await sql`select pg_advisory_xact_lock(name_lock(${region}, ${owner}, ${type}, ${slug}))`.execute(database);
}

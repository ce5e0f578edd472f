import type { LifecycleImage } from "../images/image.js";
import { compareVersions, matchesNumbers, readRecipePattern, type RecipePattern } from "../recipe-pattern.js";
import { nameOfArn, versionOfArn } from "./image-arn.js";
import type { RecipeGroups } from "./recipe-groups.js";

/** Parents by their position, each with the ARN of an image whose recipe names it. */
export type Parents = ReadonlyMap<number, string>;

/** The base images that recipes name, each with the ARN of an image of such a recipe. */
interface Named {
  readonly builds: ReadonlyMap<string, string>;
  /** AMIs and container images. */
  readonly resources: ReadonlyMap<string, string>;
  /** By versions, under the ARN up to the name: the next build takes the newest that matches. */
  readonly open: ReadonlyMap<string, readonly OpenParent[]>;
}

interface OpenParent {
  readonly pattern: RecipePattern;
  readonly child: string;
  newest: number;
  version: readonly number[];
}

// the name of an image, and after it a version, with or without a build, or nothing
const IMAGE_ARN = /^(arn:[^:]+:imagebuilder:[^:]*:[^:]*:image\/[^/]+)(?:\/([0-9x]+\.[0-9x]+\.[0-9x]+)(?:\/([0-9]+|x))?)?$/;
const USABLE: ReadonlySet<string> = new Set(["AVAILABLE", "DEPRECATED"]);

/**
 * Finds the images that recipes of others need as base image: named by the ARN of a build, by an AMI or by a container image, or the
 * newest usable build of the versions that an ARN means. Images that are deleted, or not created yet at the date, need none.
 */
export function findParents(images: readonly LifecycleImage[], { recipeOf, recipes }: RecipeGroups, at: number): Parents {
  const { builds, resources, open } = namedParents(images, at);
  const parents = new Map<number, string>();
  const openOf = recipes.map((position) => open.get(nameOfArn((images[position] as LifecycleImage).arn)));
  for (let position = 0; position < images.length; position++) {
    const image = images[position] as LifecycleImage;
    const child = (builds.size > 0 ? builds.get(image.arn) : undefined) ?? (resources.size > 0 ? childOf(image, resources) : undefined);
    if (child !== undefined) parents.set(position, child);
    const openHere = openOf[recipeOf[position] as number];
    if (openHere !== undefined && USABLE.has(image.status) && image.dateCreated <= at) compareOpen(image, position, openHere);
  }
  for (const { newest, child } of [...open.values()].flat()) if (newest >= 0 && !parents.has(newest)) parents.set(newest, child);
  return parents;
}

function namedParents(images: readonly LifecycleImage[], at: number): Named {
  const named = new Map<string, string>();
  for (const { arn, parentImage, status, dateCreated } of images) {
    if (parentImage !== undefined && status !== "DELETED" && dateCreated <= at && !named.has(parentImage)) named.set(parentImage, arn);
  }
  const [builds, resources, open] = [new Map<string, string>(), new Map<string, string>(), new Map<string, OpenParent[]>()];
  for (const [parent, child] of named) {
    const [, base, version = "x.x.x", build = "x"] = IMAGE_ARN.exec(parent) ?? [];
    const reading = readRecipePattern(version);
    if (base === undefined || "problem" in reading) resources.set(parent, child);
    else if (build !== "x") builds.set(parent, child);
    else open.set(base, [...(open.get(base) ?? []), { pattern: reading.pattern, child, newest: -1, version: [] }]);
  }
  return { builds, resources, open };
}

function childOf({ amis, containers }: LifecycleImage, resources: ReadonlyMap<string, string>): string | undefined {
  for (const { id } of amis) {
    const child = resources.get(id);
    if (child !== undefined) return child;
  }
  for (const { imageUris } of containers) for (const uri of imageUris) if (resources.has(uri)) return resources.get(uri);
  return undefined;
}

function compareOpen({ arn }: LifecycleImage, position: number, open: readonly OpenParent[]): void {
  const version = versionOfArn(arn);
  for (const parent of open) {
    if (!matchesNumbers(parent.pattern, version) || compareVersions(version, parent.version) <= 0) continue;
    parent.newest = position;
    parent.version = version;
  }
}

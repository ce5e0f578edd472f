import { readArn, versionlessText } from "@imagewright/imagebuilder-model";
import { ANY_VERSION, type VersionPattern } from "@imagewright/semver-resolver";
import type { LifecycleImage } from "../images/image.js";
import { compareNumbers, matchesNumbers } from "../version-numbers.js";
import { buildOfArn, plainArn } from "./image-arn.js";
import type { RecipeGroups } from "./recipe-groups.js";

/** The parent images that recipes name, each with the ARN of an image built from such a recipe (its child). */
export interface Parents {
  /** Builds, by their plain ARN (`plainArn`). */
  readonly builds: ReadonlyMap<string, string>;
  /** AMIs and container images, by their ID or URI. */
  readonly resources: ReadonlyMap<string, string>;
  /** The newest images of the versions that recipes name, by position. */
  readonly newest: ReadonlyMap<number, string>;
}

/** A parent that is named without a build: the next build of the recipe uses the newest match. */
interface OpenParent {
  readonly base: string;
  readonly pattern: VersionPattern;
  readonly child: string;
}

interface LastBuild {
  readonly position: number;
  /** Its version and build. */
  readonly numbers: readonly number[];
}

const USABLE: ReadonlySet<string> = new Set(["AVAILABLE", "DEPRECATED"]);

/**
 * Finds the images that recipes of other images use as parent: named by the ARN of a build, by an AMI or by a container image, or the
 * newest usable build of the versions that an ARN matches. Images that are deleted, or not yet created at the date, are no children.
 */
export function findParents(images: readonly LifecycleImage[], groups: RecipeGroups, at: number): Parents {
  const [builds, resources, open] = [new Map<string, string>(), new Map<string, string>(), [] as OpenParent[]];
  for (const [parent, child] of namedParents(images, at)) {
    // "/x" means any build, as does no build
    const { value: arn } = readArn(parent.replace(/\/x$/, ""), { types: ["image"] });
    if (arn === undefined) resources.set(parent, child);
    else if (arn.level === "build") builds.set(plainArn(parent), child);
    else open.push({ base: versionlessText(arn), pattern: arn.pattern ?? ANY_VERSION, child });
  }
  return { builds, resources, newest: newestOf(open, images, groups, at) };
}

/** The ARN of an image whose recipe has this image as parent, if there is one. */
export function childImageOf(
  { builds, resources, newest }: Parents,
  { arn, amis, containers }: LifecycleImage,
  position: number,
): string | undefined {
  const child = builds.size > 0 ? builds.get(plainArn(arn)) : undefined;
  if (child !== undefined) return child;
  if (resources.size > 0) {
    for (const { id } of amis) if (resources.has(id)) return resources.get(id);
    for (const { imageUris } of containers) for (const uri of imageUris) if (resources.has(uri)) return resources.get(uri);
  }
  return newest.get(position);
}

function namedParents(images: readonly LifecycleImage[], at: number): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  for (const { arn, parentImage, status, dateCreated } of images) {
    if (parentImage !== undefined && status !== "DELETED" && dateCreated <= at && !named.has(parentImage)) named.set(parentImage, arn);
  }
  return named;
}

function newestOf(open: readonly OpenParent[], images: readonly LifecycleImage[], groups: RecipeGroups, at: number): Map<number, string> {
  const newest = new Map<number, string>();
  if (open.length === 0) return newest;
  const [recipes, last] = [
    new Map(groups.recipes.map(({ arn, versions }) => [arn, versions])),
    lastBuildsOf(new Set(open.map(({ base }) => base)), images, groups, at),
  ];
  for (const { base, pattern, child } of open) {
    let found: LastBuild | undefined;
    for (const version of recipes.get(base) ?? []) {
      const build = last[version];
      if (build !== undefined && matchesNumbers(pattern, build.numbers) && compareNumbers(build.numbers, found?.numbers ?? []) > 0)
        found = build;
    }
    if (found !== undefined && !newest.has(found.position)) newest.set(found.position, child);
  }
  return newest;
}

/** The last usable build of each version of the given recipes; undefined if there is none. */
function lastBuildsOf(
  bases: ReadonlySet<string>,
  images: readonly LifecycleImage[],
  { versionOf, versions }: RecipeGroups,
  at: number,
): (LastBuild | undefined)[] {
  const positions = new Int32Array(versions.length);
  const builds = new Float64Array(versions.length).fill(-1);
  const isWanted = versions.map(({ recipe }) => bases.has(recipe.arn));
  for (let position = 0; position < versionOf.length; position++) {
    const version = versionOf[position] as number;
    if (isWanted[version] !== true) continue;
    const { arn, status, dateCreated } = images[position] as LifecycleImage;
    const build = buildOfArn(arn);
    if (dateCreated > at || !USABLE.has(status) || build <= (builds[version] as number)) continue;
    builds[version] = build;
    positions[version] = position;
  }
  return versions.map(({ numbers }, version) => {
    const build = builds[version] as number;
    return build < 0 ? undefined : { position: positions[version] as number, numbers: [...numbers, build] };
  });
}

import type { PlannedRecipe } from "../plan/build-plan.js";
import type { Reservation } from "../store/image-store.js";
import type { BuildParts } from "../workflow/parts.js";
import { imageRepository } from "./name-image.js";

/** Takes the next build number that is free in the store, and above those that are used elsewhere: by default, in the engine. */
export async function reserveNumber(
  parts: Pick<BuildParts, "host" | "store" | "build" | "folder">,
  recipe: Pick<PlannedRecipe, "name" | "semanticVersion">,
  usedElsewhere?: number,
): Promise<Reservation> {
  const { store, build, folder: workFolder } = parts;
  const { name, semanticVersion: version } = recipe;
  return store.reserve({ name, version, build, usedElsewhere: usedElsewhere ?? (await highestNumber(parts, recipe)), workFolder });
}

/** Takes the number that the build has been given. Errors: number-taken. */
export function reserveGivenNumber(
  { store, build, folder: workFolder }: Pick<BuildParts, "store" | "build" | "folder">,
  { name, semanticVersion: version }: Pick<PlannedRecipe, "name" | "semanticVersion">,
  buildVersion: number,
): Promise<Reservation> {
  return store.reserve({ name, version, build, usedElsewhere: buildVersion - 1, only: buildVersion, workFolder });
}

/** The highest build number in the names that images of the recipe's version have in the engine; 0 for none. */
export async function highestNumber(
  { host }: Pick<BuildParts, "host">,
  { name, semanticVersion }: Pick<PlannedRecipe, "name" | "semanticVersion">,
): Promise<number> {
  return Math.max(0, ...numbersOf(await host.listTags(imageRepository({ name })), semanticVersion));
}

/** The build numbers in tags such as `1.0.0-3`. */
export function numbersOf(tags: readonly string[], version: string): number[] {
  const start = `${version}-`;
  return tags
    .filter((tag) => tag.startsWith(start) && /^[1-9]\d{0,9}$/.test(tag.slice(start.length)))
    .map((tag) => Number(tag.slice(start.length)));
}

import type { PlannedRecipe } from "../plan/build-plan.js";
import type { Reservation } from "../store/image-store.js";
import type { BuildParts } from "../workflow/parts.js";
import { imageRepository } from "./name-image.js";

/** Takes the next build number that is free in the store and in the engine, above `used`. */
export async function reserveNumber(
  { host, store, build, folder }: Pick<BuildParts, "host" | "store" | "build" | "folder">,
  { name, semanticVersion }: Pick<PlannedRecipe, "name" | "semanticVersion">,
  used = 0,
): Promise<Reservation> {
  const tags = await host.listTags(imageRepository({ name }));
  const usedElsewhere = Math.max(used, ...numbersOf(tags, semanticVersion));
  return store.reserve({ name, version: semanticVersion, build, usedElsewhere, workFolder: folder });
}

/** The build numbers in tags such as `1.0.0-3`. */
export function numbersOf(tags: readonly string[], version: string): number[] {
  const start = `${version}-`;
  return tags
    .filter((tag) => tag.startsWith(start) && /^[1-9]\d{0,9}$/.test(tag.slice(start.length)))
    .map((tag) => Number(tag.slice(start.length)));
}

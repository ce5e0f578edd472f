import { isImageMissing } from "../processes/engine-failure.js";
import type { Engine } from "./engine.js";

const MOST_TRIES = 20;

/**
 * The tags of a repository in an engine's store, by a list of all its images. Engines read that list first and then each image, and fail if
 * one
 * was removed meanwhile: such a list is asked for again.
 */
export async function listTags(engine: Engine, repository: string, format: string): Promise<readonly string[]> {
  const list = ["images", "--format", format];
  for (let tries = 1; tries < MOST_TRIES; tries++) {
    const result = await engine.attempt(list);
    if (result.exitCode === 0) return tagsIn(result.stdout, repository);
    if (!isImageMissing(result)) break;
  }
  return tagsIn(await engine.call(list, { operation: "list the images" }), repository);
}

function tagsIn(printed: string, repository: string): readonly string[] {
  const lines = printed.split("\n").filter((line) => line.startsWith(`${repository}:`));
  return lines.map((line) => line.slice(repository.length + 1));
}

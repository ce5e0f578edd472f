import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { PlannedRecipe } from "../plan/build-plan.js";
import type { BuildParts } from "../workflow/parts.js";

/** Writes the image as an OCI layout into the folder of the build. What an interrupted export has left is removed. */
export async function exportLayout(
  { host, folder, store }: Pick<BuildParts, "host" | "folder" | "store">,
  recipe: Pick<PlannedRecipe, "name">,
  image: string,
  signal: AbortSignal,
): Promise<{ readonly digest: string }> {
  const layout = join(folder, "oci");
  await rm(layout, { recursive: true, force: true });
  // most of its layers are those of the build before
  return host.exportImage(image, layout, { signal, similar: await store.latestLayout(recipe.name) });
}

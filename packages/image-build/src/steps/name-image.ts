import type { OciImageRef } from "@imagewright/build-hosts";
import { isImagewrightError } from "@imagewright/diagnostics";
import type { PlannedRecipe } from "../plan/build-plan.js";
import { folderName } from "../store/folder-name.js";
import type { Reservation } from "../store/image-store.js";
import type { BuildParts } from "../workflow/parts.js";

/** The repository of a recipe's images in the engine's store. */
export function imageRepository({ name }: Pick<PlannedRecipe, "name">): string {
  return `localhost/${folderName(name)}`;
}

export function imageTag(
  recipe: Pick<PlannedRecipe, "name" | "semanticVersion">,
  { buildVersion }: Reservation,
  repository = imageRepository(recipe),
): string {
  return `${repository}:${recipe.semanticVersion}-${buildVersion}`;
}

/** Names the image in the engine's store, with the intent on record; false if the name leads to another image. */
export async function nameImage(
  { host, store }: Pick<BuildParts, "host" | "store">,
  reservation: Reservation,
  image: OciImageRef,
  tag: string,
  signal?: AbortSignal,
): Promise<boolean> {
  await store.intend(reservation, { tag, image: image.id });
  try {
    await host.keepImage(image, tag, { signal });
    return true;
  } catch (thrown) {
    if (isImagewrightError(thrown) && thrown.code === "build-hosts/name-taken") return false;
    throw thrown;
  }
}

/** Undoes `nameImage`: takes the name away if it leads to the image that was meant. */
export async function unnameImage({ host, store }: Pick<BuildParts, "host" | "store">, reservation: Reservation): Promise<void> {
  const intent = store.intentOf(reservation);
  if (intent === undefined || (await host.resolveImage(intent.tag))?.id !== intent.image) return;
  await host.removeImage(intent.tag);
}

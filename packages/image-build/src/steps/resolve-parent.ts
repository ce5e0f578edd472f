import { resolveParentImage, type ParentImage } from "@imagewright/build-hosts";
import type { BuildSettings } from "../builds/stored-build.js";
import type { PlannedRecipe } from "../plan/build-plan.js";
import type { BuildParts } from "../workflow/parts.js";

/** Finds, makes, imports or pulls the parent image. */
export function resolveParent(
  { host, onEvent }: Pick<BuildParts, "host" | "onEvent">,
  { parentImage: reference }: Pick<PlannedRecipe, "parentImage">,
  { pull }: Pick<BuildSettings, "pull">,
  signal: AbortSignal,
): Promise<ParentImage> {
  return resolveParentImage({ host, reference, pull, signal, onProgress: (text) => onEvent({ type: "notice", text }) });
}

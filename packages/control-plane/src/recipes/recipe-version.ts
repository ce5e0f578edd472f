import { isImagewrightError } from "@imagewright/diagnostics";
import { ApiError } from "@imagewright/imagebuilder-model";
import type { Version } from "@imagewright/semver-resolver";
import { newVersionPattern } from "../input/new-version.js";
import type { CallContext } from "../operation-definition.js";
import { useVersion, versionFor } from "../resources/numbers.js";
import { lockName } from "../resources/resource-name.js";
import { nameFor } from "../resources/store-resource.js";

/**
 * The version of a new recipe: as given, or the next one for `x.x.x`, `1.x.x` and `1.2.x`, which is never a number that was used. Locks the
 * name. Throws InvalidVersionNumberException, also if there is no next number.
 */
export async function takeVersion(
  context: CallContext,
  type: "image-recipe" | "container-recipe",
  { name, semanticVersion }: { readonly name: string; readonly semanticVersion: string },
): Promise<Version> {
  const pattern = newVersionPattern(context.operation, semanticVersion, type);
  const key = nameFor(context, type, name);
  await lockName(context, key);
  try {
    const version = await versionFor(context, key, pattern);
    await useVersion(context, key, version);
    return version;
  } catch (thrown) {
    if (!isImagewrightError(thrown)) throw thrown;
    const message = `The value supplied for parameter 'semanticVersion' is not valid. ${thrown.message}.`;
    throw new ApiError("InvalidVersionNumberException", message);
  }
}

import type { ClaimedImage, ControlPlane } from "@imagewright/control-plane";
import { executionError } from "./errors.js";
import { repositoryOf } from "./image-identity.js";
import { isResourceArn, type NamedResources } from "./resources.js";

/**
 * The image from which a container is built, as the build host knows it. Names of images that the server keeps are for the account that has
 * them; others are named by their ARNs, so that policies decide. Errors: resource-not-usable, parent-refused, parent-without-container.
 */
export async function parentImageOf(
  plane: Pick<ControlPlane, "runs">,
  image: ClaimedImage,
  resources: NamedResources,
): Promise<string> {
  const named = image.origin.containerRecipe?.parentImage ?? "";
  if (!isResourceArn(named)) {
    if (named.startsWith("localhost/") && !named.startsWith(`${repositoryOf(image, "")}`))
      throw executionError("parent-refused", { image: named });
    return named;
  }
  const { arn, containers } = await resources.image(named);
  const reference = containers[0] ?? (await plane.runs.sourceOf(arn));
  if (reference === undefined) throw executionError("parent-without-container", { arn });
  return reference;
}

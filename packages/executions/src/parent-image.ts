import type { ClaimedImage, ControlPlane } from "@imagewright/control-plane";
import { executionError } from "./errors.js";
import { isResourceArn, type NamedResources } from "./resources.js";

// engines find what is behind localhost/ by a short name, too
const OF_AN_ACCOUNT = /^(?:localhost\/)?(\d{12})\//;
// an engine would take it for the id of any image that it has
const LIKE_AN_ID = /^(?:sha256:)?[0-9a-f]+$/;

/** An image to build from. */
export interface ChosenParent {
  /** The build of an image of the service, if it is one. */
  readonly arn?: string;
  /** What the build host knows it as. */
  readonly reference: string;
}

/**
 * The image from which a container is built, as the build host knows it. Names of images that the server keeps are for the account that has
 * them; others are named by their ARNs, so that policies decide. Errors: resource-not-usable, parent-refused, parent-without-container.
 */
export async function parentImageOf(
  plane: Pick<ControlPlane, "runs">,
  image: ClaimedImage,
  resources: NamedResources,
): Promise<ChosenParent> {
  const named = image.origin.containerRecipe?.parentImage ?? "";
  if (!isResourceArn(named)) {
    const owner = OF_AN_ACCOUNT.exec(named)?.[1];
    if (owner !== undefined && owner !== image.account) throw executionError("parent-refused", { image: named });
    return { reference: LIKE_AN_ID.test(named) ? `docker.io/library/${named}` : named };
  }
  const { arn, containers } = await resources.image(named);
  const reference = containers[0] ?? (await plane.runs.sourceOf(arn));
  if (reference === undefined) throw executionError("parent-without-container", { arn });
  return { arn, reference };
}

import { imageStates, type ImageStatus } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../../database/tables.js";
import type { CallContext } from "../../operation-definition.js";
import { findOwnResource, type NamedBy } from "../../resources/find-resource.js";
import { IMAGE_BUILD } from "./image-arn.js";

/** The caller's build of an image; no other transaction changes it meanwhile. Throws like `findOwnResource`. */
export async function findOwnImage(
  context: CallContext,
  arn: string,
  named: NamedBy = IMAGE_BUILD,
): Promise<ResourceRow & { readonly status: ImageStatus }> {
  return (await findOwnResource(context, arn, named)) as ResourceRow & { readonly status: ImageStatus };
}

/** Whether the creation of an image has come to its end. */
export function hasEnded({ status }: { readonly status: ImageStatus }): boolean {
  return imageStates.hasEnded(status);
}

import type { Tags } from "@imagewright/imagebuilder-model";
import type { DataKey } from "../../encryption/sealed-text.js";
import type { ImageDetail, ImageOrigin } from "../../executions/image-detail.js";
import { storeEvent } from "../../executions/store-event.js";
import { storedTrace, type CallContext } from "../../operation-definition.js";
import type { VersionNumbers } from "../../resources/resource-name.js";
import { storeResource, type StoredResource } from "../../resources/store-resource.js";

/** An image that is to be made. */
export interface NewImage {
  readonly name: string;
  readonly version: VersionNumbers & { readonly text: string };
  readonly tags?: Tags | undefined;
  readonly detail: ImageDetail;
  readonly origin: ImageOrigin;
  /** The data key of the recipe's own, if the origin has a copy of what that seals. */
  readonly ownKey?: DataKey | undefined;
}

/** Stores the next build of an image, PENDING, with its first event. What runs it comes later. */
export async function storeImage(context: CallContext, { name, version, tags, detail, origin, ownKey }: NewImage): Promise<StoredResource> {
  const image = await storeResource(context, {
    ...{ type: "image", name, version: { ...version, build: "next" }, status: "PENDING", tags, detail },
    ...{ document: JSON.stringify(origin), ownKey },
  });
  await context.database
    .insertInto("image_run")
    .values({ image_id: image.id, attempt: 1, begun_at: null, cancel_requested_at: null, ended_in: null, trace: storedTrace(context) })
    .execute();
  await storeEvent(context, {
    ...{ type: "image.state-changed", image, state: "PENDING", detail: { state: { status: "PENDING" } } },
    resources: detail.sourcePipelineArn === undefined ? [] : [detail.sourcePipelineArn],
  });
  return image;
}

import { ApiError } from "@imagewright/imagebuilder-model";
import { cancelLifecyclesOf } from "../../lifecycles/lifecycle-executions.js";
import { defineOperation } from "../../operation-definition.js";
import { deleteResource } from "../../resources/change-resource.js";
import { arnIn } from "../../resources/find-resource.js";
import { lockName, nameOfArn } from "../../resources/resource-name.js";
import { IMAGE_BUILD } from "./image-arn.js";
import { findOwnImage, hasEnded } from "./own-image.js";

/**
 * Deletes a build of an image whose creation has ended, and its executions, packages and findings; never what it made. What lifecycles were
 * to do with it is cancelled. Source: API model.
 */
export const deleteImage = defineOperation({
  name: "DeleteImage",
  run: async ({ imageBuildVersionArn: arn }, context) => {
    await lockName(context, nameOfArn(arnIn(context.operation, arn, IMAGE_BUILD)));
    const image = await findOwnImage(context, arn);
    if (!hasEnded(image))
      throw new ApiError(
        "InvalidRequestException",
        `The image '${arn}' cannot be deleted while it is ${image.status}. Cancel its creation first, with CancelImageCreation.`,
      );
    const deleted = await deleteResource(context, arn, IMAGE_BUILD);
    await cancelLifecyclesOf(context, deleted, "The image was deleted.");
    return { imageBuildVersionArn: deleted.arn };
  },
});

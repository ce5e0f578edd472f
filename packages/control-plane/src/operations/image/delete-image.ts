import { ApiError } from "@imagewright/imagebuilder-model";
import { defineOperation } from "../../operation-definition.js";
import { deleteResource } from "../../resources/change-resource.js";
import { arnIn } from "../../resources/find-resource.js";
import { lockName, nameOfArn } from "../../resources/resource-name.js";
import { IMAGE_BUILD } from "./image-arn.js";
import { findOwnImage, hasEnded } from "./own-image.js";

/**
 * Deletes a build of an image whose creation has ended, and its executions, packages and findings; never what it made. Source: API model.
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
    return { imageBuildVersionArn: (await deleteResource(context, arn, IMAGE_BUILD)).arn };
  },
});

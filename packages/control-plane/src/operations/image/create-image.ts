import { latestVersionReferences, parseArn } from "@imagewright/imagebuilder-model";
import { defineOperation } from "../../operation-definition.js";
import { withImageDefaults } from "./image-settings.js";
import { requestImage } from "./request-image.js";

/**
 * Makes the next build of the image that a recipe describes; it is PENDING until something runs it. Source: API model; guide chapter 21.
 */
export const createImage = defineOperation({
  name: "CreateImage",
  withDefaults: withImageDefaults,
  run: async (input, context) => {
    const { arn } = await requestImage(context, input, { buildType: "USER_INITIATED" });
    return { imageBuildVersionArn: arn, latestVersionReferences: latestVersionReferences(parseArn(arn)) };
  },
});

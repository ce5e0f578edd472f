import { ApiError } from "@imagewright/imagebuilder-model";
import { changeImageState } from "../../executions/change-image-state.js";
import { imageRunOf } from "../../executions/image-run.js";
import { defineOperation } from "../../operation-definition.js";
import { findOwnImage, hasEnded } from "./own-image.js";

/**
 * Cancels the creation of an image: at once if nothing runs it yet; otherwise whoever runs it is asked to stop, and it becomes CANCELLED
 * when that is done. Source: API model.
 */
export const cancelImageCreation = defineOperation({
  name: "CancelImageCreation",
  run: async ({ imageBuildVersionArn: arn }, context) => {
    const { database, now } = context;
    const image = await findOwnImage(context, arn);
    if (hasEnded(image))
      throw new ApiError("InvalidRequestException", `The creation of the image '${arn}' has ended: it is ${image.status}.`);
    const { begun_at, cancel_requested_at } = await imageRunOf(database, image);
    if (begun_at === null) await changeImageState(context, image, "CANCELLED", { reason: "The creation was cancelled before it began." });
    else if (cancel_requested_at === null)
      await database.updateTable("image_run").set({ cancel_requested_at: now }).where("image_id", "=", image.id).execute();
    return { imageBuildVersionArn: image.arn };
  },
});

import { ApiError, canRetry, type ImageStatus } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../../database/tables.js";
import { changeImageState } from "../../executions/change-image-state.js";
import { imageRunOf } from "../../executions/image-run.js";
import { defineOperation, storedTrace, type CallContext } from "../../operation-definition.js";
import { findOwnImage } from "./own-image.js";

/** The stage to which an image goes back, by the state in which it ended. Others have made nothing yet. */
const STAGE: Partial<Record<ImageStatus, "TESTING" | "DISTRIBUTING">> = {
  TESTING: "TESTING",
  DISTRIBUTING: "DISTRIBUTING",
  INTEGRATING: "DISTRIBUTING",
};

const REPEATED = { TESTING: ["TEST", "DISTRIBUTION"], DISTRIBUTING: ["DISTRIBUTION"] } as const;

/**
 * Takes a failed or cancelled image back to the test or distribution stage in which it ended, as its next attempt. Workflow executions that
 * it repeats are marked. The service does this for AMIs only. Source: API model, `RetryImage`, `WorkflowExecutionMetadata.retried`.
 */
export const retryImage = defineOperation({
  name: "RetryImage",
  run: async ({ imageBuildVersionArn: arn }, context) => {
    const image = await findOwnImage(context, arn);
    if (!canRetry(image.status)) throw notRetried(arn, `it is ${image.status}; allowed: images that are FAILED or CANCELLED`);
    const { attempt, ended_in } = await imageRunOf(context.database, image);
    const stage = STAGE[ended_in ?? "PENDING"];
    if (stage === undefined)
      throw notRetried(
        arn,
        `it ended in ${ended_in ?? "PENDING"}, before anything was made that could be tested. Create a new image instead`,
      );
    await prepareAttempt(context, image, { attempt: attempt + 1, stage });
    await changeImageState(context, image, stage);
    return { imageBuildVersionArn: image.arn };
  },
});

interface Attempt {
  readonly attempt: number;
  readonly stage: keyof typeof REPEATED;
}

async function prepareAttempt(context: CallContext, { id }: ResourceRow, { attempt, stage }: Attempt): Promise<void> {
  const { database } = context;
  const nobody = { server_id: null, build_folder: null, build_id: null };
  await database
    .updateTable("image_run")
    .set({ ...{ attempt, begun_at: null, cancel_requested_at: null, trace: storedTrace(context) }, ...nobody })
    .where("image_id", "=", id)
    .execute();
  await database
    .updateTable("workflow_execution")
    .set({ retried: true })
    .where("image_id", "=", id)
    .where("type", "in", REPEATED[stage])
    .execute();
}

function notRetried(arn: string, reason: string): ApiError {
  return new ApiError("InvalidRequestException", `The image '${arn}' cannot be retried: ${reason}.`);
}

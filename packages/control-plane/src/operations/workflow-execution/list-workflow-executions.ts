import { shortMessage } from "../../executions/short-message.js";
import { detailOf } from "../../executions/image-detail.js";
import { positionIn } from "../../lists/page-position.js";
import { pageOf, rowsToFetch } from "../../lists/pages.js";
import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { IMAGE_BUILD } from "../image/image-arn.js";
import { workflowExecutionOf } from "./workflow-execution.js";

/** The workflows that run, or have run, for a build of an image, in their order; and why the image failed. Source: API model. */
export const listWorkflowExecutions = defineOperation({
  name: "ListWorkflowExecutions",
  run: async (input, context) => {
    const start = positionIn<string>(context, input) ?? "0";
    const image = await findResource(context, input.imageBuildVersionArn, IMAGE_BUILD);
    const found = await context.database
      .selectFrom("workflow_execution")
      .selectAll()
      .where("image_id", "=", image.id)
      .where("position", ">", start)
      .orderBy("position")
      .limit(rowsToFetch(input))
      .execute();
    const { rows, ...page } = pageOf(context, input, found, ({ position }) => position);
    const { reason } = detailOf(image);
    return {
      ...page,
      workflowExecutions: rows.map((row) => ({ ...workflowExecutionOf(row), retried: row.retried })),
      imageBuildVersionArn: image.arn,
      ...(image.status === "FAILED" && reason !== undefined && { message: shortMessage(reason) }),
    };
  },
});

import { ApiError } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../../errors/api-errors.js";
import { lockStep } from "../../executions/step-executions.js";
import { defineOperation } from "../../operation-definition.js";
import { arnIn } from "../../resources/find-resource.js";
import { IMAGE_BUILD } from "../image/image-arn.js";
import { findStepExecution } from "./find-execution.js";

/** Answers a step that waits: whoever runs it completes it (RESUME) or fails it (STOP). Source: API model; guide chapter 38. */
export const sendWorkflowStepAction = defineOperation({
  name: "SendWorkflowStepAction",
  run: async ({ stepExecutionId, imageBuildVersionArn, action, reason = null }, context) => {
    const { operation, database } = context;
    arnIn(operation, imageBuildVersionArn, IMAGE_BUILD);
    const { image_arn } = await findStepExecution(context, stepExecutionId);
    if (image_arn !== imageBuildVersionArn)
      throw invalidValue(operation, "imageBuildVersionArn", `the step '${stepExecutionId}' belongs to the image '${image_arn}'`);
    const { step } = await lockStep(database, stepExecutionId);
    if (!step.waiting) {
      const state = step.answer === null ? `it is ${step.status}` : `it was answered with ${step.answer}`;
      throw new ApiError("InvalidRequestException", `The step '${stepExecutionId}' does not wait for an action: ${state}.`);
    }
    await database
      .updateTable("workflow_step_execution")
      .set({ waiting: false, answer: action, answer_reason: reason })
      .where("id", "=", stepExecutionId)
      .execute();
    return { stepExecutionId, imageBuildVersionArn };
  },
});

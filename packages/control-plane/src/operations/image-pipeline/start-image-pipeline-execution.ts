import { defineOperation } from "../../operation-definition.js";
import { findOwnResource } from "../../resources/find-resource.js";
import { startPipelineRun } from "./start-pipeline-run.js";

/** Starts a run of a pipeline by hand, also of one that is disabled. Its image is PENDING until something runs it. Source: API model. */
export const startImagePipelineExecution = defineOperation({
  name: "StartImagePipelineExecution",
  run: async ({ imagePipelineArn: arn, tags }, context) => {
    const pipeline = await findOwnResource(context, arn, { parameter: "imagePipelineArn", types: ["image-pipeline"] });
    return { imageBuildVersionArn: (await startPipelineRun(context, pipeline, { buildType: "USER_INITIATED", tags })).arn };
  },
});

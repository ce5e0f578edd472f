import { defineOperation } from "../../operation-definition.js";
import { assertBuildTriggers } from "../../pipelines/also-build-when.js";
import { setPipelineSchedule } from "../../pipelines/pipeline-state.js";
import { storeResource } from "../../resources/store-resource.js";
import { pipelineParts, withPipelineDefaults } from "./pipeline-parts.js";

/** Creates a pipeline from one recipe; nothing runs before its schedule or a start. Source: API model; guide chapter 40. */
export const createImagePipeline = defineOperation({
  name: "CreateImagePipeline",
  withDefaults: withPipelineDefaults,
  run: async (input, context) => {
    const { name, status = "ENABLED", schedule, tags } = input;
    assertBuildTriggers(context.operation, tags);
    const parts = await pipelineParts(context, input);
    const row = await storeResource(context, { type: "image-pipeline", name, status, tags, ...parts });
    await setPipelineSchedule(context, row, { schedule, status });
    return { imagePipelineArn: row.arn };
  },
});

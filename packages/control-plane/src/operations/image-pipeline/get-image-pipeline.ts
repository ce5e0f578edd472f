import { defineOperation } from "../../operation-definition.js";
import { pipelineStates } from "../../pipelines/pipeline-state.js";
import { findResource } from "../../resources/find-resource.js";
import { imagePipelineOf } from "./image-pipeline.js";

/** A pipeline, with its next run as of now. Source: API model. */
export const getImagePipeline = defineOperation({
  name: "GetImagePipeline",
  run: async ({ imagePipelineArn: arn }, context) => {
    const row = await findResource(context, arn, { parameter: "imagePipelineArn", types: ["image-pipeline"] });
    const states = await pipelineStates(context.database, [row.id]);
    return { imagePipeline: imagePipelineOf(row, states.get(row.id), context.now) };
  },
});

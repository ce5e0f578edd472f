import { defineOperation } from "../../operation-definition.js";
import { deleteResource } from "../../resources/change-resource.js";

/** Deletes a pipeline. Its images stay, and a run goes on. Source: API model; guide chapter 35. */
export const deleteImagePipeline = defineOperation({
  name: "DeleteImagePipeline",
  run: async ({ imagePipelineArn: arn }, context) => ({
    imagePipelineArn: (await deleteResource(context, arn, { parameter: "imagePipelineArn", types: ["image-pipeline"] })).arn,
  }),
});

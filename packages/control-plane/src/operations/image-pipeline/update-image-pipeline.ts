import { invalidValue } from "../../errors/api-errors.js";
import { defineOperation } from "../../operation-definition.js";
import { setPipelineSchedule } from "../../pipelines/pipeline-state.js";
import { changeResource } from "../../resources/change-resource.js";
import { findOwnResource } from "../../resources/find-resource.js";
import type { PipelineDetail } from "./image-pipeline.js";
import { pipelineParts, withPipelineDefaults } from "./pipeline-parts.js";

const name = "UpdateImagePipeline";

/**
 * Replaces all of a pipeline but its name and tags. It keeps the kind of its recipe. What is not given is removed or has its default: so is
 * its schedule, and a disabled pipeline is enabled. Source: API model; guide chapter 40.
 */
export const updateImagePipeline = defineOperation({
  name,
  withDefaults: withPipelineDefaults,
  run: async (input, context) => {
    const row = await findOwnResource(context, input.imagePipelineArn, { parameter: "imagePipelineArn", types: ["image-pipeline"] });
    const before = row.detail as unknown as PipelineDetail;
    const { detail, references } = await pipelineParts(context, input);
    if ((before.imageRecipeArn === undefined) !== (detail.imageRecipeArn === undefined)) {
      const [kind, other] = before.imageRecipeArn === undefined ? ["container", "image"] : ["image", "container"];
      throw invalidValue(
        name,
        `${other}RecipeArn`,
        `the pipeline has the ${kind} recipe '${recipeOf(before)}'; allowed: '${kind}RecipeArn'`,
      );
    }
    const { status = "ENABLED", schedule } = input;
    await changeResource(context, row, { detail, status, references });
    await setPipelineSchedule(context, row, { schedule, status, before: before.schedule });
    return { imagePipelineArn: row.arn };
  },
});

function recipeOf({ imageRecipeArn, containerRecipeArn }: PipelineDetail): string {
  return imageRecipeArn ?? containerRecipeArn ?? "";
}

import { latestVersionReferences, parseArn } from "@imagewright/imagebuilder-model";
import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { containerRecipeOf } from "./container-recipe.js";

/** A container recipe by the ARN of a version, or with wildcards. Source: API model. */
export const getContainerRecipe = defineOperation({
  name: "GetContainerRecipe",
  run: async ({ containerRecipeArn: arn }, context) => {
    const row = await findResource(context, arn, { parameter: "containerRecipeArn", types: ["container-recipe"] });
    return { containerRecipe: containerRecipeOf(row, row.document), latestVersionReferences: latestVersionReferences(parseArn(row.arn)) };
  },
});

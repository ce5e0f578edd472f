import { latestVersionReferences, parseArn } from "@imagewright/imagebuilder-model";
import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { imageRecipeOf } from "./image-recipe.js";

/** An image recipe by the ARN of a version, or with wildcards. Source: API model. */
export const getImageRecipe = defineOperation({
  name: "GetImageRecipe",
  run: async ({ imageRecipeArn: arn }, context) => {
    const row = await findResource(context, arn, { parameter: "imageRecipeArn", types: ["image-recipe"] });
    return { imageRecipe: imageRecipeOf(row), latestVersionReferences: latestVersionReferences(parseArn(row.arn)) };
  },
});

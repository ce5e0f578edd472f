import { defineOperation } from "../../operation-definition.js";
import { deleteResource } from "../../resources/change-resource.js";

/** Deletes a version of an image recipe that nothing names. Source: API model. */
export const deleteImageRecipe = defineOperation({
  name: "DeleteImageRecipe",
  run: async ({ imageRecipeArn: arn }, context) => {
    const named = { parameter: "imageRecipeArn", types: ["image-recipe"], levels: ["version"] } as const;
    return { imageRecipeArn: (await deleteResource(context, arn, named)).arn };
  },
});

import { defineOperation } from "../../operation-definition.js";
import { deleteResource } from "../../resources/change-resource.js";

/** Deletes a version of a container recipe that nothing names. Source: API model. */
export const deleteContainerRecipe = defineOperation({
  name: "DeleteContainerRecipe",
  run: async ({ containerRecipeArn: arn }, context) => {
    const named = { parameter: "containerRecipeArn", types: ["container-recipe"], levels: ["version"] } as const;
    return { containerRecipeArn: (await deleteResource(context, arn, named)).arn };
  },
});

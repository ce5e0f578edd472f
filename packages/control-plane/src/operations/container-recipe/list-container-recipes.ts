import { listResources } from "../../lists/list-resources.js";
import { defineOperation } from "../../operation-definition.js";
import { containerRecipeSummaryOf } from "./container-recipe.js";

/** The versions of container recipes. Source: API model. */
export const listContainerRecipes = defineOperation({
  name: "ListContainerRecipes",
  run: async (input, context) => {
    const { rows, ...page } = await listResources(context, input, { kind: "container-recipe", of: "versions" });
    return { ...page, containerRecipeSummaryList: rows.map(containerRecipeSummaryOf) };
  },
});

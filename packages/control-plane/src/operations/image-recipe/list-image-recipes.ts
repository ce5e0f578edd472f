import { listResources } from "../../lists/list-resources.js";
import { defineOperation } from "../../operation-definition.js";
import { imageRecipeSummaryOf } from "./image-recipe.js";

/** The versions of image recipes. Source: API model. */
export const listImageRecipes = defineOperation({
  name: "ListImageRecipes",
  run: async (input, context) => {
    const { rows, ...page } = await listResources(context, input, { kind: "image-recipe", of: "versions" });
    return { ...page, imageRecipeSummaryList: rows.map(imageRecipeSummaryOf) };
  },
});

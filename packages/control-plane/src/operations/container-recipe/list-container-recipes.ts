import { invalidValue } from "../../errors/api-errors.js";
import { listResources } from "../../lists/list-resources.js";
import { defineOperation } from "../../operation-definition.js";
import { containerRecipeSummaryOf } from "./container-recipe.js";

const name = "ListContainerRecipes";

/** The versions of container recipes. Source: API model, `ListContainerRecipesRequest.owner` too. */
export const listContainerRecipes = defineOperation({
  name,
  run: async (input, context) => {
    if (input.owner === "ThirdParty" || input.owner === "AWSMarketplace")
      throw invalidValue(name, "owner", `no container recipes have the owner '${input.owner}'; allowed: Self, Shared and Amazon`);
    const { rows, ...page } = await listResources(context, input, { kind: "container-recipe", of: "versions" });
    return { ...page, containerRecipeSummaryList: rows.map(containerRecipeSummaryOf) };
  },
});

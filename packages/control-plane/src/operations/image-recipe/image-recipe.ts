import type { Api } from "@imagewright/imagebuilder-model";
import type { Listed } from "../../lists/resource-query.js";

/** An image recipe as GetImageRecipe shows it. */
export function imageRecipeOf(row: Listed): Api.ImageRecipe {
  const { arn, name, version, owner, detail, tags } = row;
  return { arn, type: "AMI", name, version, owner, ...(detail as object), dateCreated: row.created_at.toISOString(), tags };
}

/** An entry of ListImageRecipes. */
export function imageRecipeSummaryOf(row: Listed): Api.ImageRecipeSummary {
  const { arn, name, platform, owner, parentImage, dateCreated, tags } = imageRecipeOf(row);
  return { arn, name, platform, owner, parentImage, dateCreated, tags };
}

import type { Api } from "@imagewright/imagebuilder-model";
import type { Listed } from "../../lists/resource-query.js";
import { withoutMembers } from "../without-members.js";

/** A container recipe as GetContainerRecipe shows it. */
export function containerRecipeOf(row: Listed, template: string | null): Api.ContainerRecipe {
  const { arn, name, version, owner, tags } = row;
  // no response of the model has the version of the operating system
  const detail = withoutMembers(row.detail, "imageOsVersionOverride");
  const shown = { arn, name, version, owner, ...detail, dateCreated: row.created_at.toISOString(), tags, encrypted: true };
  return template === null ? shown : { ...shown, dockerfileTemplateData: template };
}

/** An entry of ListContainerRecipes. */
export function containerRecipeSummaryOf(row: Listed): Api.ContainerRecipeSummary {
  const { arn, containerType, name, platform, owner, parentImage, dateCreated, instanceConfiguration, tags } = containerRecipeOf(row, null);
  const summary = { arn, containerType, name, platform, owner, parentImage, dateCreated, tags };
  const instanceImage = instanceConfiguration?.image;
  return instanceImage === undefined ? summary : { ...summary, instanceImage };
}

import type { Api, Checked } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../../database/tables.js";
import type { ImageOrigin } from "../../executions/image-detail.js";
import { invalidCombination } from "../../errors/api-errors.js";
import type { CallContext } from "../../operation-definition.js";
import { DISTRIBUTION_CONFIGURATION, distributionConfigurationOf } from "../distribution-configuration/distribution-configuration.js";
import {
  INFRASTRUCTURE_CONFIGURATION,
  infrastructureConfigurationOf,
} from "../infrastructure-configuration/infrastructure-configuration.js";

import { containerRecipeOf } from "../container-recipe/container-recipe.js";
import { imageRecipeOf } from "../image-recipe/image-recipe.js";
import { findResource } from "../../resources/find-resource.js";

/** The ARNs from which an image is made; a pipeline has them too. */
export type ImageSources = Pick<
  Checked<Api.CreateImageRequest>,
  "imageRecipeArn" | "containerRecipeArn" | "infrastructureConfigurationArn" | "distributionConfigurationArn"
>;

/** What the ARNs of a request name: the recipe, and copies of everything for the image to keep. */
export interface FoundSources {
  readonly recipe: ResourceRow;
  readonly type: Api.ImageType;
  readonly origin: ImageOrigin;
}

const RECIPE_LEVELS = ["versionless", "selection", "version"] as const;

/** Finds the recipe, by a version or wildcards, and the configurations of a new image. Exactly one recipe is given. */
export async function findSources(context: CallContext, sources: ImageSources): Promise<FoundSources> {
  const { imageRecipeArn, containerRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn } = sources;
  if ((imageRecipeArn === undefined) === (containerRecipeArn === undefined)) {
    const found = imageRecipeArn === undefined ? "neither is given" : "both are given";
    throw invalidCombination(context.operation, `The request must have exactly one of 'imageRecipeArn' and 'containerRecipeArn'; ${found}`);
  }
  const recipe =
    imageRecipeArn === undefined
      ? await findResource(context, containerRecipeArn ?? "", {
          ...{ parameter: "containerRecipeArn", types: ["container-recipe"], levels: RECIPE_LEVELS },
        })
      : await findResource(context, imageRecipeArn, { parameter: "imageRecipeArn", types: ["image-recipe"], levels: RECIPE_LEVELS });
  const infrastructure = await findResource(context, infrastructureConfigurationArn, INFRASTRUCTURE_CONFIGURATION);
  const distribution =
    distributionConfigurationArn === undefined
      ? undefined
      : await findResource(context, distributionConfigurationArn, DISTRIBUTION_CONFIGURATION);
  const isContainer = recipe.type === "container-recipe";
  return {
    ...{ recipe, type: isContainer ? "DOCKER" : "AMI" },
    origin: {
      ...(isContainer ? { containerRecipe: containerRecipeOf(recipe, recipe.document) } : { imageRecipe: imageRecipeOf(recipe) }),
      infrastructureConfiguration: infrastructureConfigurationOf(infrastructure),
      ...(distribution !== undefined && { distributionConfiguration: distributionConfigurationOf(distribution) }),
    },
  };
}

import { readArn, type Api, type ResourceArn } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";
import { findNamed } from "../resources/find-named.js";
import type { ComponentsOfRecipe } from "./recipe-components.js";

/** What a recipe's parent image decides. */
export interface ParentOfRecipe {
  readonly references: readonly ResourceArn[];
  readonly platform?: Api.Platform;
}

/**
 * Checks the parent image of a new recipe against its components. An image of an account must exist. One of AWS, an AMI, a parameter and an
 * image of a registry are looked up by the build that uses them. Source: API model, `parentImage`; guide chapter 26.
 */
export async function checkParentImage(context: CallContext, parentImage: string, components: ComponentsOfRecipe): Promise<ParentOfRecipe> {
  if (!/^arn:[^:]*:imagebuilder:/.test(parentImage)) return { references: [] };
  const named = { parameter: "parentImage", types: ["image"] } as const;
  const owner = readArn(parentImage, { types: ["image"] }).value?.owner;
  if (owner !== undefined && !/^\d{12}$/.test(owner)) return { references: [] };
  const { arn, row } = await findNamed(context, parentImage, named);
  const { platform, osVersion } = row.detail as unknown as Api.Image;
  const refuse = (reason: string) => invalidValue(context.operation, "parentImage", reason);
  if (platform !== undefined && components.platform !== undefined && platform !== components.platform)
    throw refuse(`the image is for ${platform}, and the components are for ${components.platform}; allowed: one platform`);
  const unsupported = components.supportedOsVersions.find(
    (versions) => !versions.some((version) => osVersion?.startsWith(version) !== false),
  );
  if (unsupported !== undefined) throw refuse(`the image has ${osVersion ?? ""}, and a component supports ${unsupported.join(", ")} only`);
  return { references: [arn], ...(platform === undefined ? {} : { platform }) };
}

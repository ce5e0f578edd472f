import { readArn, type Api, type ResourceArn } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";
import { findNamed } from "../resources/find-named.js";
import type { ImageForm } from "./image-forms.js";
import type { ComponentsOfRecipe } from "./recipe-components.js";

/** The parent image that a recipe names, and what the recipe says of it. */
export interface NamedParent {
  readonly parentImage: string;
  readonly form: ImageForm;
  readonly platformOverride?: Api.Platform | undefined;
  readonly imageOsVersionOverride?: string | undefined;
}

/** What a recipe's parent image decides. */
export interface ParentOfRecipe {
  readonly references: readonly ResourceArn[];
  readonly platform?: Api.Platform;
}

/**
 * Checks the parent image of a new recipe against its components and what else the recipe says of it. An image of an account must exist; of
 * several that wildcards fit, the newest that is AVAILABLE counts. The same holds for one that comes with the service, if the service has
 * any of its name. Other images of AWS, an AMI, a parameter and an image of a registry are looked up by the build that uses them.
 * Source: API model, `parentImage`; guide chapter 26.
 */
export async function checkParentImage(context: CallContext, named: NamedParent, components: ComponentsOfRecipe): Promise<ParentOfRecipe> {
  const { parentImage, form, platformOverride, imageOsVersionOverride } = named;
  const refuse = (parameter: string, reason: string) => invalidValue(context.operation, parameter, reason);
  if (!form.test(parentImage)) throw refuse("parentImage", `found '${parentImage}'; allowed: ${form.allowed}`);
  const found = await findParent(context, parentImage);
  const { platform, osVersion } = found?.image ?? {};
  if (platform !== undefined && platformOverride !== undefined && platform !== platformOverride)
    throw refuse("platformOverride", `the parent image is for ${platform}; allowed: ${platform}`);
  if (osVersion !== undefined && imageOsVersionOverride !== undefined && osVersion !== imageOsVersionOverride)
    throw refuse("imageOsVersionOverride", `the parent image has ${osVersion}; allowed: ${osVersion}`);
  if (platform !== undefined && components.platform !== undefined && platform !== components.platform)
    throw refuse("parentImage", `the image is for ${platform}, and the components are for ${components.platform}; allowed: one platform`);
  const system = osVersion ?? imageOsVersionOverride;
  const unsupported = components.supportedOsVersions.find((versions) => !versions.some((one) => system?.startsWith(one) !== false));
  if (unsupported !== undefined) {
    const [parameter, what] = osVersion === undefined ? ["imageOsVersionOverride", "it is"] : ["parentImage", "the image has"];
    throw refuse(parameter, `${what} ${system ?? ""}, and a component supports ${unsupported.join(", ")} only`);
  }
  return { references: found?.references ?? [], ...(platform === undefined ? {} : { platform }) };
}

/** Undefined for what a build looks up. */
async function findParent(
  context: CallContext,
  parentImage: string,
): Promise<{ readonly references: readonly ResourceArn[]; readonly image: Api.Image } | undefined> {
  if (!/^arn:[^:]*:imagebuilder:/.test(parentImage)) return undefined;
  const { value } = readArn(parentImage, { types: ["image"] });
  if (value !== undefined && !/^\d{12}$/.test(value.owner) && !(await hasImagesOfName(context, value))) return undefined;
  const named = { parameter: "parentImage", types: ["image"] } as const;
  const { arn, row } = await findNamed(context, parentImage, named, { preferred: ["AVAILABLE"] });
  return { references: [arn], image: row.detail as unknown as Api.Image };
}

async function hasImagesOfName({ database }: CallContext, { region, owner, name }: ResourceArn): Promise<boolean> {
  const row = await database
    .selectFrom("resource")
    .select("id")
    .where("region", "=", region)
    .where("owner", "=", owner)
    .where("kind", "=", "image")
    .where("slug", "=", name)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

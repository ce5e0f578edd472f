import { versionlessText, type Api, type Checked, type ResourceArn } from "@imagewright/imagebuilder-model";
import { invalidValue, quotaExceeded } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";
import { findNamed } from "../resources/find-named.js";
import { parameterFault } from "./component-parameters.js";

type ComponentConfiguration = Checked<Api.ComponentConfiguration>;

/** What a recipe's components need, and what they decide. */
export interface ComponentsOfRecipe {
  readonly references: readonly ResourceArn[];
  /** The platform of all; undefined without components. */
  readonly platform?: Api.Platform;
  /** The operating systems of each component that limits them. */
  readonly supportedOsVersions: readonly (readonly string[])[];
}

const MOST_COMPONENTS = 20;

/**
 * Checks the components of a new recipe, and keeps them from being deleted meanwhile: each exists, is named once, is neither deprecated nor
 * disabled, has the platform of the others, and gets the parameters that it needs. Source: guide chapter 26; API model,
 * `ComponentConfiguration`.
 */
export async function checkRecipeComponents(
  context: CallContext,
  components: readonly ComponentConfiguration[] = [],
): Promise<ComponentsOfRecipe> {
  const limit = context.services.quotas.componentsOfRecipe ?? MOST_COMPONENTS;
  if (components.length > limit) throw quotaExceeded("components in a recipe", limit);
  const references = new Map<string, ResourceArn>();
  const supportedOsVersions: (readonly string[])[] = [];
  let platform: Api.Platform | undefined;
  for (const [index, component] of components.entries()) {
    const parameter = `components[${index}]`;
    const named = { parameter: `${parameter}.componentArn`, types: ["component"] } as const;
    const { arn, row } = await findNamed(context, component.componentArn, named);
    const refuse = (reason: string) => invalidValue(context.operation, named.parameter, reason);
    if (references.has(versionlessText(arn))) throw refuse(`the component ${versionlessText(arn)} is named twice; allowed: once`);
    references.set(versionlessText(arn), arn);
    if (row.status !== "ACTIVE") throw refuse(`the component ${row.arn} is ${row.status ?? "not active"}; allowed: ACTIVE`);
    const detail = row.detail as unknown as Api.Component;
    if (platform !== undefined && detail.platform !== platform)
      throw refuse(`the component is for ${String(detail.platform)}, and those before it are for ${platform}; allowed: one platform`);
    platform = detail.platform;
    if (detail.supportedOsVersions !== undefined) supportedOsVersions.push(detail.supportedOsVersions);
    const fault = parameterFault(row, component.parameters ?? [], context.services);
    if (fault !== undefined) throw invalidValue(context.operation, `${parameter}.parameters`, fault);
  }
  return { references: [...references.values()], supportedOsVersions, ...(platform === undefined ? {} : { platform }) };
}

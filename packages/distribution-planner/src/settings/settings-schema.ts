import {
  extending,
  optional,
  schemaOf,
  structureSchemaOf,
  withDefinition,
  type Api,
  type Checked,
  type StructureSchema,
} from "@imagewright/imagebuilder-model";
import { formOfResource, resourceSchema } from "@imagewright/resource-files";
import type { JsonSchema } from "@imagewright/yaml-syntax";

type Request = Checked<Omit<Api.CreateDistributionConfigurationRequest, "name" | "clientToken">>;

/** Settings that fit their schema. Source: API model, CreateDistributionConfigurationRequest and what it contains. */
export type DistributionSettings = Request & {
  readonly name?: string;
  readonly distributionConfigurationArn?: string;
  readonly arn?: string;
};
export type Distribution = DistributionSettings["distributions"][number];
export type AmiDistribution = NonNullable<Distribution["amiDistributionConfiguration"]>;
export type ContainerDistribution = NonNullable<Distribution["containerDistributionConfiguration"]>;
export type LaunchPermission = NonNullable<AmiDistribution["launchPermission"]>;
export type LaunchTemplate = NonNullable<Distribution["launchTemplateConfigurations"]>[number];
export type FastLaunch = NonNullable<Distribution["fastLaunchConfigurations"]>[number];
export type S3Export = NonNullable<Distribution["s3ExportConfiguration"]>;
export type SsmParameter = NonNullable<Distribution["ssmParameterConfigurations"]>[number];

// stricter than the model, which allows any text; all existing Regions have such names
export const REGION: JsonSchema = {
  type: "string",
  pattern: "^[a-z]{2,4}(?:-[a-z]+){1,2}-[0-9]{1,2}$",
  patternDescription: 'the name of a Region, such as "eu-west-1" or "us-gov-west-1"',
};

let schemas: { readonly settings: JsonSchema; readonly update: JsonSchema } | undefined;

/**
 * The schema of settings in the form that they have: the request of CreateDistributionConfiguration or UpdateDistributionConfiguration, or
 * the response of GetDistributionConfiguration.
 */
export function settingsSchema(settings: unknown): JsonSchema {
  schemas ??= {
    settings: createSchema(),
    update: withRegions(resourceSchema("distribution-configuration", { distributionConfigurationArn: "" })),
  };
  return formOfResource("distribution-configuration", settings) === "update" ? schemas.update : schemas.settings;
}

function createSchema(): JsonSchema {
  const request = optional(structureSchemaOf("CreateDistributionConfigurationRequest"), ["name", "clientToken"]);
  const ofResponse = structureSchemaOf("DistributionConfiguration").properties;
  const others = ["arn", "timeoutMinutes", "dateCreated", "dateUpdated"].map((name) => [name, ofResponse[name] ?? {}] as const);
  const all = extending(request, {
    ...Object.fromEntries(others),
    arn: schemaOf("DistributionConfigurationArn"),
    // responses have empty tags if there are none
    tags: { ...schemaOf("TagMap"), minProperties: 0 },
  });
  return withRegions(all);
}

function withRegions(settings: StructureSchema): JsonSchema {
  return withDefinition(settings, "Distribution", (distribution) => extending(distribution, { region: REGION }));
}

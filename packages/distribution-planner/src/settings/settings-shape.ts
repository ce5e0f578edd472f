import { boolean, integer, list, object, oneOf, text, type ValueOf } from "../shapes/shape.js";
import {
  accountId,
  amiName,
  clientToken,
  launchTemplateId,
  licenseConfigurationArn,
  nonEmpty,
  organizationalUnitArn,
  organizationArn,
  parameterName,
  region,
  resourceName,
  tagMap,
} from "./texts.js";

const launchPermission = object(
  {},
  {
    userIds: list(accountId, 1, 1536),
    userGroups: list(nonEmpty),
    organizationArns: list(organizationArn, 1, 25),
    organizationalUnitArns: list(organizationalUnitArn, 1, 25),
  },
);

const amiDistribution = object(
  {},
  {
    name: amiName,
    description: nonEmpty,
    targetAccountIds: list(accountId, 1, 1536),
    amiTags: tagMap,
    kmsKeyId: nonEmpty,
    launchPermission,
  },
);

const targetRepository = object({ service: oneOf(["ECR"]), repositoryName: nonEmpty }, {});
const containerDistribution = object(
  { targetRepository },
  {
    description: nonEmpty,
    containerTags: list(nonEmpty),
  },
);

const launchTemplate = object({ launchTemplateId }, { accountId, setDefaultVersion: boolean });

const s3Export = object({ roleName: nonEmpty, diskImageFormat: oneOf(["VMDK", "RAW", "VHD"]), s3Bucket: nonEmpty }, { s3Prefix: nonEmpty });

const fastLaunch = object(
  { enabled: boolean },
  {
    snapshotConfiguration: object({}, { targetResourceCount: integer(1, 10_000) }),
    maxParallelLaunches: integer(1),
    launchTemplate: object(
      {},
      {
        launchTemplateId,
        launchTemplateName: nonEmpty,
        launchTemplateVersion: nonEmpty,
      },
    ),
    accountId,
  },
);

const ssmParameter = object({ parameterName }, { amiAccountId: accountId, dataType: oneOf(["text", "aws:ec2:image"]) });

const distribution = object(
  { region },
  {
    amiDistributionConfiguration: amiDistribution,
    containerDistributionConfiguration: containerDistribution,
    licenseConfigurationArns: list(licenseConfigurationArn, 1, 50),
    launchTemplateConfigurations: list(launchTemplate, 1, 100),
    s3ExportConfiguration: s3Export,
    fastLaunchConfigurations: list(fastLaunch, 1, 1000),
    ssmParameterConfigurations: list(ssmParameter, 1),
  },
);

const date = text();

/**
 * Distribution settings as they are given to CreateDistributionConfiguration and UpdateDistributionConfiguration, or as
 * GetDistributionConfiguration shows them. Source: API model, CreateDistributionConfigurationRequest and what it contains.
 */
export const settingsShape = object(
  { distributions: list(distribution) },
  {
    name: resourceName,
    description: nonEmpty,
    tags: tagMap,
    clientToken,
    distributionConfigurationArn: nonEmpty,
    arn: nonEmpty,
    timeoutMinutes: integer(30, 720),
    dateCreated: date,
    dateUpdated: date,
  },
);

export type Settings = ValueOf<typeof settingsShape>;
export type Distribution = ValueOf<typeof distribution>;
export type AmiDistribution = ValueOf<typeof amiDistribution>;
export type ContainerDistribution = ValueOf<typeof containerDistribution>;
export type LaunchPermission = ValueOf<typeof launchPermission>;
export type LaunchTemplate = ValueOf<typeof launchTemplate>;
export type FastLaunch = ValueOf<typeof fastLaunch>;
export type S3Export = ValueOf<typeof s3Export>;
export type SsmParameter = ValueOf<typeof ssmParameter>;

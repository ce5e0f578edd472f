import { boolean, integer, list, object, oneOf, text, type ValueOf } from "../json/shape.js";
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
  resourceName,
  tagMap,
} from "./texts.js";

const launchPermission = object("a launch permission", {}, {
  userIds: list(accountId, 1, 1536),
  userGroups: list(nonEmpty("a group")),
  organizationArns: list(organizationArn, 1, 25),
  organizationalUnitArns: list(organizationalUnitArn, 1, 25),
});

const amiDistribution = object("an AMI distribution", {}, {
  name: amiName,
  description: nonEmpty("a description"),
  targetAccountIds: list(accountId, 1, 1536),
  amiTags: tagMap,
  kmsKeyId: nonEmpty("a KMS key"),
  launchPermission,
});

const targetRepository = object("a target repository", { service: oneOf("service", ["ECR"]), repositoryName: nonEmpty("a repository") }, {});
const containerDistribution = object("a container distribution", { targetRepository }, {
  description: nonEmpty("a description"),
  containerTags: list(nonEmpty("a container tag")),
});

const launchTemplate = object("a launch template configuration", { launchTemplateId }, { accountId, setDefaultVersion: boolean });

const s3Export = object(
  "an S3 export",
  { roleName: nonEmpty("a role"), diskImageFormat: oneOf("disk image format", ["VMDK", "RAW", "VHD"]), s3Bucket: nonEmpty("a bucket") },
  { s3Prefix: nonEmpty("a prefix") },
);

const fastLaunch = object("a fast launch configuration", { enabled: boolean }, {
  snapshotConfiguration: object("a snapshot configuration", {}, { targetResourceCount: integer(1, 10_000) }),
  maxParallelLaunches: integer(1),
  launchTemplate: object("a launch template of fast launch", {}, {
    launchTemplateId,
    launchTemplateName: nonEmpty("a launch template"),
    launchTemplateVersion: nonEmpty("a version"),
  }),
  accountId,
});

const ssmParameter = object("an SSM parameter configuration", { parameterName }, { amiAccountId: accountId, dataType: oneOf("data type", ["text", "aws:ec2:image"]) });

const distribution = object("a distribution", { region: nonEmpty("a Region") }, {
  amiDistributionConfiguration: amiDistribution,
  containerDistributionConfiguration: containerDistribution,
  licenseConfigurationArns: list(licenseConfigurationArn, 1, 50),
  launchTemplateConfigurations: list(launchTemplate, 1, 100),
  s3ExportConfiguration: s3Export,
  fastLaunchConfigurations: list(fastLaunch, 1, 1000),
  ssmParameterConfigurations: list(ssmParameter, 1),
});

const date = text("a date", "any text");

/**
 * Distribution settings as they are given to CreateDistributionConfiguration and UpdateDistributionConfiguration, or as
 * GetDistributionConfiguration shows them. Source: API model, CreateDistributionConfigurationRequest and what it contains.
 */
export const settingsShape = object("a distribution configuration", { distributions: list(distribution) }, {
  name: resourceName,
  description: nonEmpty("a description"),
  tags: tagMap,
  clientToken,
  distributionConfigurationArn: nonEmpty("an ARN"),
  arn: nonEmpty("an ARN"),
  timeoutMinutes: integer(30, 720),
  dateCreated: date,
  dateUpdated: date,
});

export type Settings = ValueOf<typeof settingsShape>;
export type Distribution = ValueOf<typeof distribution>;
export type AmiDistribution = ValueOf<typeof amiDistribution>;
export type ContainerDistribution = ValueOf<typeof containerDistribution>;
export type LaunchPermission = ValueOf<typeof launchPermission>;
export type LaunchTemplate = ValueOf<typeof launchTemplate>;
export type FastLaunch = ValueOf<typeof fastLaunch>;
export type S3Export = ValueOf<typeof s3Export>;
export type SsmParameter = ValueOf<typeof ssmParameter>;

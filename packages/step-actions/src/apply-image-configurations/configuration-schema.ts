import type { StepActionContract } from "@imagewright/workflow-engine";
import { members, TEXT, TEXTS } from "../common-parts.js";

const launchTemplate = members({ launchTemplateId: TEXT, accountId: TEXT, setDefaultVersion: { type: "boolean" } }, "launchTemplateId");

const s3Export = members(
  { roleName: TEXT, diskImageFormat: { type: "string", enum: ["VMDK", "RAW", "VHD"] }, s3Bucket: TEXT, s3Prefix: TEXT },
  ...["roleName", "diskImageFormat", "s3Bucket"],
);

const fastLaunch = members(
  {
    enabled: { type: "boolean" },
    snapshotConfiguration: members({ targetResourceCount: { type: "integer" } }),
    maxParallelLaunches: { type: "integer" },
    launchTemplate: members({ launchTemplateId: TEXT, launchTemplateName: TEXT, launchTemplateVersion: TEXT }),
    accountId: TEXT,
  },
  "enabled",
);

const ssmParameter = members(
  { amiAccountId: TEXT, parameterName: TEXT, dataType: { type: "string", enum: ["text", "aws:ec2:image"] } },
  "parameterName",
);

/** The configurations of one Region. */
export const CONFIGURATION: StepActionContract["input"] = members(
  {
    region: TEXT,
    licenseConfigurationArns: TEXTS,
    launchTemplateConfigurations: { type: "array", items: launchTemplate },
    s3ExportConfiguration: s3Export,
    fastLaunchConfigurations: { type: "array", items: fastLaunch },
    ssmParameterConfigurations: { type: "array", items: ssmParameter },
  },
  "region",
);

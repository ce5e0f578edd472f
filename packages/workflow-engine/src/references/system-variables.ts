import type { WorkflowValueType } from "../actions/value-type.js";

export interface SystemVariable {
  readonly type: WorkflowValueType;
  /** The values that it can have, where they are few. */
  readonly values?: readonly string[];
  /** An example, with which a run is simulated where no value is given. */
  readonly example: string | number | boolean | readonly string[] | Readonly<Record<string, string>>;
}

/** The variables below `$.imagebuilder`. Source: guide chapter 39; values of imageType and platform: API model. */
export const SYSTEM_VARIABLES: Readonly<Record<string, SystemVariable>> = {
  cloudWatchLogGroup: { type: "string", example: "/aws/imagebuilder/web" },
  cloudWatchLogStream: { type: "string", example: "1.0.0/1" },
  collectImageMetadata: { type: "boolean", example: true },
  collectImageScanFindings: { type: "boolean", example: false },
  imageBuildNumber: { type: "integer", example: 1 },
  imageId: { type: "string", example: "ami-0123456789abcdef0" },
  imageName: { type: "string", example: "web" },
  imageType: { type: "string", values: ["AMI", "DOCKER"], example: "AMI" },
  imageVersionNumber: { type: "string", example: "1.0.0" },
  instanceProfileName: { type: "string", example: "ImageBuilderInstanceProfile" },
  platform: { type: "string", values: ["Linux", "Windows", "macOS"], example: "Linux" },
  s3Logs: { type: "object", example: { s3BucketName: "logs", s3KeyPrefix: "images" } },
  securityGroups: { type: "stringList", example: ["sg-0123456789abcdef0"] },
  sourceImageARN: { type: "string", example: "arn:aws:imagebuilder:us-east-1:123456789012:image/base/1.0.0/1" },
  subnetId: { type: "string", example: "subnet-0123456789abcdef0" },
  terminateInstanceOnFailure: { type: "boolean", example: true },
  workflowPhase: { type: "string", values: ["Build", "Test", "Distribution"], example: "Build" },
  workingDirectory: { type: "string", example: "/tmp" },
};

/** The variable's name as the guide spells it; letters of any case are accepted. */
export function systemVariableName(name: string): string | undefined {
  return Object.keys(SYSTEM_VARIABLES).find((known) => known.toLowerCase() === name.toLowerCase());
}

/** A value of a variable with few values, in their spelling: `Docker` is `DOCKER`. Other values are as they are. */
export function spelledAs(variable: string, value: string): string {
  return SYSTEM_VARIABLES[variable]?.values?.find((known) => known.toLowerCase() === value.toLowerCase()) ?? value;
}

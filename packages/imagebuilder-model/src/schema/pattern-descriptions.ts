const ARN_PLACE = "<region>:<owner>";
const arn = (what: string, resource: string) => `${what}: arn:aws:imagebuilder:${ARN_PLACE}:${resource}`;
const executionId = (what: string, prefix: string) => `${what}: "${prefix}-" and a UUID`;
const anyText = (limits: string) => `${limits} characters, none of them NUL`;
const VERSION_FORM = "<major>.<minor>.<patch>";

/** What the patterns and lengths of shapes allow, as text that follows "must be"; by the name of the shape. */
export const PATTERN_DESCRIPTIONS: Readonly<Record<string, string>> = {
  AccountId: "an account ID of 12 digits",
  AmiNameString:
    'an AMI name of 3 to 127 letters, digits, spaces and "-", "_", ":", "{", "}", "."; with no space, colon or dot at the ends, no "}" first and no "{" last',
  AmiWatermarkName: `a watermark of 3 to 128 letters, digits, spaces and "()[]./'@_-", with no space at the ends`,
  ComponentBuildVersionArn: arn("the ARN of a component's build", `component/<name>/${VERSION_FORM}/<build>`),
  ComponentParameterDescription: anyText("1 to 1024"),
  ComponentParameterName: anyText("1 to 256"),
  ComponentParameterValue: "a text without NUL characters",
  ComponentVersionArn: arn("the ARN of a component's version", `component/<name>/${VERSION_FORM}`),
  ComponentVersionArnOrBuildVersionArn: arn(
    "the ARN of a component's version, with wildcards or not, or of a build of it",
    `component/<name>/${VERSION_FORM}[/<build>]`,
  ),
  ContainerRecipeArn: arn("the ARN of a container recipe's version, with wildcards or not", `container-recipe/<name>/${VERSION_FORM}`),
  DistributionConfigurationArn: arn("the ARN of a distribution configuration", "distribution-configuration/<name>"),
  FilterName: "the name of a filter: 1 to 1024 letters",
  FilterValue: 'a value of a filter: 1 to 1024 letters, digits, spaces and "./_:,{}-" or quotation marks',
  ImageBuildVersionArn: arn("the ARN of an image's build", `image/<name>/${VERSION_FORM}/<build>`),
  ImageBuilderArn: arn("the ARN of an Image Builder resource", "<type>/<name>[/<version>[/<build>]]"),
  ImagePipelineArn: arn("the ARN of an image pipeline", "image-pipeline/<name>"),
  ImageRecipeArn: arn("the ARN of an image recipe's version, with wildcards or not", `image-recipe/<name>/${VERSION_FORM}`),
  ImageVersionArn: arn("the ARN of an image's version", `image/<name>/${VERSION_FORM}`),
  ImageVersionArnOrBuildVersionArn: arn(
    "the ARN of an image's version, with wildcards or not, or of a build of it",
    `image/<name>/${VERSION_FORM}[/<build>]`,
  ),
  InfrastructureConfigurationArn: arn("the ARN of an infrastructure configuration", "infrastructure-configuration/<name>"),
  InlineComponentData: anyText("1 to 16000"),
  InlineDockerFileTemplate: anyText("1 to 16000"),
  InlineWorkflowData: anyText("1 to 16000"),
  InstanceProfileNameType: 'the name of an instance profile: 1 to 256 letters, digits and "_+=,.@-"',
  LaunchTemplateId: 'the ID of a launch template: "lt-" and 17 lower-case letters, digits, "-" and "_"',
  LicenseConfigurationArn:
    "the ARN of a license configuration: arn:aws:license-manager:<region>:<account>:license-configuration:lic-<32 characters>",
  LifecycleExecutionId: executionId("the ID of a lifecycle execution", "lce"),
  LifecyclePolicyArn: arn("the ARN of a lifecycle policy", "lifecycle-policy/<name>"),
  LogGroupName: 'the name of a log group: 1 to 512 letters, digits and "-_/."',
  MarketplaceResourceLocation: "the location of an object in S3 of at most 1024 characters: s3://<bucket>/<key>",
  OrganizationArn: "the ARN of an organization: arn:aws:organizations::<account>:organization/o-<10 to 32 lower-case letters and digits>",
  OrganizationalUnitArn:
    "the ARN of an organizational unit: arn:aws:organizations::<account>:ou/o-<10 to 32 lower-case letters and digits>/ou-<4 to 32 of them>-<8 to 32 of them>",
  ParallelGroup: 'the name of a group: 1 to 100 letters, digits and "-_+#", a letter or digit first',
  ProductCodeId: "a product code of 1 to 25 letters and digits",
  ResourceName: 'a name of 3 to 128 letters, digits, spaces, "-" and "_", with no space at the ends',
  RoleNameOrArn: 'the name of a role (letters, digits and "_+=,.@-/") or its ARN: arn:aws:iam::<account>:role/<name>',
  SnsTopicArn: "the ARN of an SNS topic: arn:aws:sns:<region>:<account>:<name>",
  SsmParameterName: 'the name of a parameter: 1 to 1011 letters, digits and "_.-/"',
  TagKey: 'a tag key of 1 to 128 letters, digits, spaces and "_.:/=+-@" that does not begin with "aws:"',
  Timezone: 'a time zone such as "Etc/UTC" or "Europe/Berlin"',
  UserDataOverride: "user data in Base64, at most 21847 characters of it",
  VersionNumber: `a version of three whole numbers: ${VERSION_FORM}`,
  VersionNumberWithBuild: `a version, with its build or without: ${VERSION_FORM}[/<build>]`,
  WildcardVersionNumber: `a version of three whole numbers, or with "x" in place of some of them: ${VERSION_FORM}`,
  WorkflowBuildVersionArn: arn("the ARN of a workflow's build", `workflow/<type>/<name>/${VERSION_FORM}/<build>`),
  WorkflowExecutionId: executionId("the ID of a workflow execution", "wf"),
  WorkflowParameterDescription: anyText("1 to 1024"),
  WorkflowParameterName: anyText("1 to 128"),
  WorkflowParameterValue: "a text without NUL characters",
  WorkflowStepAction: 'the name of a step action: a letter, then 1 to 99 letters, digits, "-" and "_"',
  WorkflowStepExecutionId: executionId("the ID of a workflow step execution", "step"),
  WorkflowStepName: 'the name of a step: a letter, then 1 to 99 letters, digits, "-" and "_"',
  WorkflowVersionArnOrBuildVersionArn: arn(
    "the ARN of a workflow's version, with wildcards or not, or of a build of it",
    `workflow/<type>/<name>/${VERSION_FORM}[/<build>]`,
  ),
  WorkflowWildcardVersionArn: arn("the ARN of a workflow's version, with wildcards or not", `workflow/<type>/<name>/${VERSION_FORM}`),
};

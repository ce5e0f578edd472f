// the members of the API's shapes Image, ImageSummary, ImageVersion, Ami and Container, and those that rules need besides
export const IMAGE_MEMBERS = [
  "arn", "type", "name", "version", "platform", "enhancedImageMetadataEnabled", "osVersion", "owner", "state", "imageRecipe", "containerRecipe",
  "sourcePipelineName", "sourcePipelineArn", "infrastructureConfiguration", "distributionConfiguration", "imageTestsConfiguration", "dateCreated",
  "outputResources", "tags", "buildType", "imageSource", "scanState", "imageScanningConfiguration", "deprecationTime", "lifecycleExecutionId",
  "executionRole", "workflows", "usedBy",
]; // prettier-ignore
export const AMI_MEMBERS = [
  "region", "image", "name", "description", "state", "accountId",
  "isPublic", "lastLaunched", "sharedAccounts", "tags", "usedBy", "snapshots",
]; // prettier-ignore
export const CONTAINER_MEMBERS = ["region", "imageUris", "repositoryTags"];

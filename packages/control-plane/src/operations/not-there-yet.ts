import type { OperationName } from "@imagewright/imagebuilder-model";

/** The operations that have no file yet. Whoever adds one removes its line; the list ends empty. */
export const NOT_THERE_YET = [
  "CancelImageCreation",
  "CreateImage",
  "DeleteImage",
  "DistributeImage",
  "GetImage",
  "GetImagePolicy",
  "GetWorkflowExecution",
  "GetWorkflowStepExecution",
  "ImportDiskImage",
  "ImportVmImage",
  "ListImageBuildVersions",
  "ListImagePackages",
  "ListImagePipelineImages",
  "ListImageScanFindingAggregations",
  "ListImageScanFindings",
  "ListImages",
  "ListWaitingWorkflowSteps",
  "ListWorkflowExecutions",
  "ListWorkflowStepExecutions",
  "PutImagePolicy",
  "RetryImage",
  "SendWorkflowStepAction",
  "StartImagePipelineExecution",
  "StartResourceStateUpdate",
] as const satisfies readonly OperationName[];

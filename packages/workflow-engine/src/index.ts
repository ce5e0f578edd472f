export type {
  StepAction,
  StepActionContract,
  StepActionOutput,
  StepCall,
  StepActionOutputs,
  StepRollbackCall,
  WorkflowType,
} from "./actions/step-action.js";
export { createStepActionRegistry, isRunnableAction, type StepActionRegistry } from "./actions/step-action-registry.js";
export { describeType, type WorkflowValueType } from "./actions/value-type.js";
export { checkWorkflow, type CheckedWorkflow, type CheckedWorkflowText, type WorkflowCheckOptions } from "./check/check-workflow.js";
export { checkGivenParameters } from "./check/check-parameter-values.js";
export { possibleWorkflowTypes } from "./check/likely-type.js";
export { stepFailed, workflowError, type StepFailureData } from "./errors.js";
export { checkWorkflowUses } from "./groups/check-workflow-uses.js";
export { runImageWorkflows, type ImageWorkflowsRequest, type ImageWorkflowsResult } from "./groups/run-image-workflows.js";
export type { WorkflowUse } from "./groups/workflow-use.js";
export { SYSTEM_VARIABLES, type SystemVariable } from "./references/system-variables.js";
export { cancelWorkflow } from "./run/cancel-workflow.js";
export { runWorkflow } from "./run/run-workflow.js";
export {
  failureContextOf,
  failureReasonOf,
  type StepExecution,
  type StepExecutionFailure,
  type WorkflowExecution,
} from "./run/workflow-execution.js";
export type { WorkflowRunRequest } from "./run/workflow-run.js";
export { SIMULATED_OUTCOMES, simulateWorkflow, type SimulatedOutcome, type SimulationRequest } from "./simulate/simulate-workflow.js";
export { parseWorkflow, type ParsedWorkflow } from "./syntax/read-workflow.js";
export type {
  WorkflowDocument,
  WorkflowOutput,
  WorkflowParameter,
  WorkflowParameterType,
  WorkflowParameterValue,
  WorkflowStep,
} from "./syntax/workflow-document.js";
export { bindWorkflowParameters, type BoundParameters } from "./values/bind-parameters.js";

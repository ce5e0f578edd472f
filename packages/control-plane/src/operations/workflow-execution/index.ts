import { getWorkflowExecution } from "./get-workflow-execution.js";
import { getWorkflowStepExecution } from "./get-workflow-step-execution.js";
import { listWaitingWorkflowSteps } from "./list-waiting-workflow-steps.js";
import { listWorkflowExecutions } from "./list-workflow-executions.js";
import { listWorkflowStepExecutions } from "./list-workflow-step-executions.js";
import { sendWorkflowStepAction } from "./send-workflow-step-action.js";

export const workflowExecutionOperations = {
  GetWorkflowExecution: getWorkflowExecution,
  GetWorkflowStepExecution: getWorkflowStepExecution,
  ListWaitingWorkflowSteps: listWaitingWorkflowSteps,
  ListWorkflowExecutions: listWorkflowExecutions,
  ListWorkflowStepExecutions: listWorkflowStepExecutions,
  SendWorkflowStepAction: sendWorkflowStepAction,
};

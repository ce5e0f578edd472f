import { createWorkflow } from "./create-workflow.js";
import { deleteWorkflow } from "./delete-workflow.js";
import { getWorkflow } from "./get-workflow.js";
import { listWorkflowBuildVersions } from "./list-workflow-build-versions.js";
import { listWorkflows } from "./list-workflows.js";

export const workflowOperations = {
  CreateWorkflow: createWorkflow,
  DeleteWorkflow: deleteWorkflow,
  GetWorkflow: getWorkflow,
  ListWorkflowBuildVersions: listWorkflowBuildVersions,
  ListWorkflows: listWorkflows,
};

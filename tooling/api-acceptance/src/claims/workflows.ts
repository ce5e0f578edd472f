import { decision, guide, model, terraform, type Claims } from "./claim.js";

export const workflowClaims = {
  "API-011": {
    says: "CreateWorkflow stores a document and answers the ARN of build 1",
    sources: [model("CreateWorkflow"), guide(37), terraform],
  },
  "API-020": {
    says: "DeleteWorkflow removes one build, but none that a pipeline names",
    sources: [model("DeleteWorkflow")],
  },
  "API-036": {
    says: "GetWorkflow finds a workflow by build, version and wildcards",
    sources: [model("GetWorkflowRequest.workflowBuildVersionArn"), terraform],
  },
  "API-060": {
    says: "ListWorkflowBuildVersions has the builds of versions, which may have x",
    sources: [model("ListWorkflowBuildVersionsRequest.workflowVersionArn")],
  },
  "API-063": {
    says: "ListWorkflows has one entry for each version, in pages",
    sources: [model("ListWorkflows"), guide(36)],
  },
  "API-093": {
    says: "ListWorkflows has four filters, and takes three owners of the five",
    sources: [model("ListWorkflowsRequest")],
  },
  "API-037": {
    says: "GetWorkflowExecution answers 404 for an execution that does not exist",
    sources: [model("GetWorkflowExecution"), decision("what is missing is ResourceNotFoundException")],
  },
  "API-038": {
    says: "GetWorkflowStepExecution answers 404 for a step that does not exist",
    sources: [model("GetWorkflowStepExecution"), decision("what is missing is ResourceNotFoundException")],
  },
  "API-059": {
    says: "ListWaitingWorkflowSteps has the steps of the account that wait, and none where nothing runs",
    sources: [model("ListWaitingWorkflowSteps"), guide(21)],
  },
  "API-061": {
    says: "ListWorkflowExecutions has the executions of one image, none before it is built",
    sources: [model("ListWorkflowExecutions")],
  },
  "API-062": {
    says: "ListWorkflowStepExecutions answers 404 for an execution that does not exist",
    sources: [model("ListWorkflowStepExecutions"), decision("what is missing is ResourceNotFoundException")],
  },
  "API-069": {
    says: "SendWorkflowStepAction answers 404 for a step that does not wait",
    sources: [model("SendWorkflowStepAction"), guide(38)],
  },
} satisfies Claims;

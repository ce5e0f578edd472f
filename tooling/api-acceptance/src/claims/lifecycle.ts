import { decision, guide, model, terraform, type Claims } from "./claim.js";

export const lifecycleClaims = {
  "API-002": {
    says: "CancelLifecycleExecution answers 404 for a run that does not exist",
    sources: [model("CancelLifecycleExecution"), decision("what is missing is ResourceNotFoundException")],
  },
  "API-010": {
    says: "CreateLifecyclePolicy stores a policy, which is ENABLED unless told otherwise",
    sources: [model("CreateLifecyclePolicy"), guide(25), terraform],
  },
  "API-019": {
    says: "DeleteLifecyclePolicy removes a policy",
    sources: [model("DeleteLifecyclePolicy"), guide(25)],
  },
  "API-033": {
    says: "GetLifecycleExecution answers 404 for a run that does not exist",
    sources: [model("GetLifecycleExecution"), decision("what is missing is ResourceNotFoundException")],
  },
  "API-034": {
    says: "GetLifecyclePolicy has everything that it was created with; without a run no dateLastRun",
    sources: [model("LifecyclePolicy"), terraform],
  },
  "API-055": {
    says: "ListLifecycleExecutionResources answers 404 for a run that does not exist",
    sources: [model("ListLifecycleExecutionResources"), decision("what is missing is ResourceNotFoundException")],
  },
  "API-056": {
    says: "ListLifecycleExecutions takes ARNs of policies and of image builds, and no others",
    sources: [model("ListLifecycleExecutionsRequest.resourceArn")],
  },
  "API-057": {
    says: "ListLifecyclePolicies has summaries, in pages",
    sources: [model("ListLifecyclePolicies"), guide(25)],
  },
  "API-077": {
    says: "UpdateLifecyclePolicy replaces everything, but never the resource type",
    sources: [model("UpdateLifecyclePolicy"), terraform],
  },
  "API-092": {
    says: "ListLifecyclePolicies has three filters in lower camel case",
    sources: [model("ListLifecyclePoliciesRequest.filters")],
  },
} satisfies Claims;

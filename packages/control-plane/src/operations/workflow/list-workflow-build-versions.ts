import { listResources } from "../../lists/list-resources.js";
import { ofVersion } from "../../lists/of-version.js";
import { defineOperation } from "../../operation-definition.js";
import { WORKFLOW_RESOURCE_TYPES, workflowSummaryOf } from "./workflow.js";

/** The builds of a version of a workflow, which may have wildcards, or of all workflows of the account. Source: API model. */
export const listWorkflowBuildVersions = defineOperation({
  name: "ListWorkflowBuildVersions",
  run: async (input, context) => {
    const listed = ofVersion(context, input.workflowVersionArn, { parameter: "workflowVersionArn", types: WORKFLOW_RESOURCE_TYPES });
    const { rows, ...page } = await listResources(context, input, { kind: "workflow", of: "builds", ...listed });
    return { ...page, workflowSummaryList: rows.map(workflowSummaryOf) };
  },
});

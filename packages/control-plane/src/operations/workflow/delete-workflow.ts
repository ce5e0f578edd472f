import { defineOperation } from "../../operation-definition.js";
import { deleteResource } from "../../resources/change-resource.js";
import { WORKFLOW_RESOURCE_TYPES } from "./workflow.js";

/** Deletes a build of a workflow that no pipeline needs. Source: API model. */
export const deleteWorkflow = defineOperation({
  name: "DeleteWorkflow",
  run: async ({ workflowBuildVersionArn: arn }, context) => {
    const named = { parameter: "workflowBuildVersionArn", types: WORKFLOW_RESOURCE_TYPES, levels: ["build"] } as const;
    return { workflowBuildVersionArn: (await deleteResource(context, arn, named)).arn };
  },
});

import { latestVersionReferences, parseArn } from "@imagewright/imagebuilder-model";
import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { WORKFLOW_RESOURCE_TYPES, workflowOf } from "./workflow.js";

/** A workflow by the ARN of a build, of a version, or with wildcards. Source: API model. */
export const getWorkflow = defineOperation({
  name: "GetWorkflow",
  run: async ({ workflowBuildVersionArn: arn }, context) => {
    const row = await findResource(context, arn, { parameter: "workflowBuildVersionArn", types: WORKFLOW_RESOURCE_TYPES });
    return { workflow: workflowOf(row, row.document), latestVersionReferences: latestVersionReferences(parseArn(row.arn)) };
  },
});

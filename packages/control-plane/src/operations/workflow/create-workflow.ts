import { defineCreation } from "../../creation-definition.js";
import { loadDocument } from "../../documents/load-document.js";
import { parametersOfWorkflow, readWorkflowDocument } from "../../documents/workflow-document.js";
import { newWorkflow } from "./new-workflow.js";

const name = "CreateWorkflow";

/**
 * Creates the next build of a workflow from a document, which is checked for its type as for a run. Throws if it equals the latest build of
 * its version. Source: API model; guide chapter 37.
 */
export const createWorkflow = defineCreation({
  name,
  load: (input, services) =>
    loadDocument(name, input, services, {
      members: { data: "data", uri: "uri" },
      mostBytes: services.quotas.workflowDocumentBytes ?? 65_536,
    }),
  resource: (input, _, { text, parameter }) => {
    const document = readWorkflowDocument(name, text, { parameter, type: input.type });
    return newWorkflow(name, { ...input, parameters: parametersOfWorkflow(document), text });
  },
  arnMember: "workflowBuildVersionArn",
});

import { defineCreation } from "../../creation-definition.js";
import { loadDocument } from "../../documents/load-document.js";
import { parametersOfWorkflow, readWorkflowDocument } from "../../documents/workflow-document.js";
import { digestOfData } from "../../input/canonical-json.js";
import { newVersion } from "../../input/new-version.js";
import { ARN_TYPE_OF_WORKFLOW, type WorkflowDetail } from "./workflow.js";

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
    const { description, changeDescription, kmsKeyId, type, tags } = input;
    const document = readWorkflowDocument(name, text, { parameter, type });
    const arnType = ARN_TYPE_OF_WORKFLOW[type];
    const version = newVersion(name, input.semanticVersion, arnType);
    const detail: WorkflowDetail = { description, changeDescription, kmsKeyId, type, parameters: parametersOfWorkflow(document) };
    return {
      ...{ type: arnType, name: input.name, version: { ...version, build: "next" }, detail, document: text, tags },
      digest: digestOfData({ description, kmsKeyId, text }),
    };
  },
  arnMember: "workflowBuildVersionArn",
});

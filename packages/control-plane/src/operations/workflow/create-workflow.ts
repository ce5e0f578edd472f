import { latestVersionReferences, makeArn, parseArn } from "@imagewright/imagebuilder-model";
import { loadDocument } from "../../documents/load-document.js";
import { parametersOfWorkflow, readWorkflowDocument } from "../../documents/workflow-document.js";
import { resourceExists } from "../../errors/api-errors.js";
import { digestOfData } from "../../input/canonical-json.js";
import { newVersion } from "../../input/new-version.js";
import { defineOperation } from "../../operation-definition.js";
import { findByArn } from "../../resources/find-resource.js";
import { lockName } from "../../resources/resource-name.js";
import { nameFor, storeResource } from "../../resources/store-resource.js";
import { ARN_TYPE_OF_WORKFLOW, type WorkflowDetail } from "./workflow.js";

const name = "CreateWorkflow";

/**
 * Creates the next build of a workflow from a document, which is checked for its type as for a run. Throws if it equals the latest build of
 * its version. Source: API model; guide chapter 37.
 */
export const createWorkflow = defineOperation({
  name,
  load: (input, services) =>
    loadDocument(name, input, services, {
      members: { data: "data", uri: "uri" },
      mostBytes: services.quotas.workflowDocumentBytes ?? 65_536,
    }),
  run: async (input, context, { text, parameter }) => {
    const { description, changeDescription, kmsKeyId, type, tags } = input;
    const { partition } = context.services;
    const document = readWorkflowDocument(name, text, { parameter, type });
    const arnType = ARN_TYPE_OF_WORKFLOW[type];
    const version = newVersion(name, input.semanticVersion, arnType);
    const key = nameFor(context, arnType, input.name);
    await lockName(context, key);
    const digest = digestOfData({ description, kmsKeyId, text });
    const latest = await findByArn(context, makeArn({ partition, ...key, name: key.slug }, version));
    if (latest?.digest === digest) throw resourceExists(name, "Workflow", latest.arn);
    const detail: WorkflowDetail = { description, changeDescription, kmsKeyId, type, parameters: parametersOfWorkflow(document) };
    const stored = await storeResource(context, {
      ...{ type: arnType, name: input.name, version: { ...version, build: "next" }, detail, document: text, digest, tags },
    });
    return { workflowBuildVersionArn: stored.arn, latestVersionReferences: latestVersionReferences(parseArn(stored.arn)) };
  },
});

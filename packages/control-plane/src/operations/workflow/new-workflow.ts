import type { Api, OperationName, Tags } from "@imagewright/imagebuilder-model";
import { digestOfData } from "../../input/canonical-json.js";
import { newVersion } from "../../input/new-version.js";
import type { NewResource } from "../../resources/store-resource.js";
import { ARN_TYPE_OF_WORKFLOW, type WorkflowDetail } from "./workflow.js";

interface NewWorkflow {
  readonly name: string;
  readonly semanticVersion: string;
  readonly description?: string | undefined;
  readonly changeDescription?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly tags?: Tags | undefined;
  readonly type: Api.WorkflowType;
  readonly parameters: Api.WorkflowParameterDetail[];
  /** The document. */
  readonly text: string;
}

/** The next build of a workflow. */
export function newWorkflow(operation: OperationName, workflow: NewWorkflow): NewResource {
  const { name, semanticVersion, tags, text, ...members } = workflow;
  const { description, changeDescription, kmsKeyId, type, parameters } = members;
  const arnType = ARN_TYPE_OF_WORKFLOW[type];
  const detail: WorkflowDetail = { description, changeDescription, kmsKeyId, type, parameters };
  return {
    ...{
      type: arnType,
      name,
      version: { ...newVersion(operation, semanticVersion, arnType), build: "next" },
      detail,
      document: text,
      tags,
    },
    digest: digestOfData({ description, kmsKeyId, text }),
  };
}

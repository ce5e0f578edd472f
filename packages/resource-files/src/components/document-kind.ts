import type { FileKind } from "../kind/file-kind.js";
import { KIND_TEXTS } from "../kind/file-kind.js";
import type { ApiKind } from "../kind/api-kind.js";

/** A kind of documents that are files of their own, or texts in the resources of other files. */
export interface DocumentKind {
  readonly document: FileKind;
  readonly resource: ApiKind;
  /** The type of such resources in a Terraform plan. */
  readonly terraformType: string;
  /** The name of one in messages, with its article. */
  readonly name: string;
  /** The same for several. */
  readonly plural: string;
  /** The command that checks all documents of a file. */
  readonly command: string;
  /** The most characters that such a text may have in a request, a template or a plan. Files and documents in S3 may be longer. */
  readonly mostCharacters?: number;
}

export const COMPONENT_DOCUMENTS: DocumentKind = {
  ...{ document: "component-document", resource: "component", terraformType: "aws_imagebuilder_component" },
  ...{ name: KIND_TEXTS["component-document"].name, plural: "component documents", command: "ib component validate" },
};

export const WORKFLOW_DOCUMENTS: DocumentKind = {
  ...{ document: "workflow-document", resource: "workflow", terraformType: "aws_imagebuilder_workflow" },
  ...{ name: KIND_TEXTS["workflow-document"].name, plural: "workflow documents", command: "ib workflow validate" },
  // API model, InlineWorkflowData; for components the guide has a higher limit
  mostCharacters: 16_000,
};

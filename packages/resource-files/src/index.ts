export {
  hasComponents,
  openDocuments,
  openReferenced,
  type OpenedDocuments,
  type ReferencedDocuments,
  type Take,
} from "./components/open-documents.js";
export { COMPONENT_DOCUMENTS, WORKFLOW_DOCUMENTS, type DocumentKind } from "./components/document-kind.js";
export type { DocumentText } from "./components/document-text.js";
export { openResource, type OpenedResource, type OpenOptions } from "./open-resource.js";
export type { Resource, Values } from "./resource.js";
export { toSource, type PlacedText } from "./places/placed-text.js";
export type { OpenValues } from "./unknown-value.js";
export type { FileKind } from "./kind/file-kind.js";
export { identify } from "./kind/identify.js";
export { type Identified } from "./kind/identified.js";
export { otherKind } from "./kind/other-kind.js";
export type { ApiKind } from "./kind/api-kind.js";
export { readAs, type ReadAs, type ReadAsOptions, type Reader } from "./read/read-as.js";
export { checkResource, readResource, type ReadResourceOptions } from "./read/read-resource.js";
export { formOfResource, resourceSchema, type ResourceForm } from "./read/resource-schema.js";

export type * as Api from "./generated/types.js";
export type { Checked } from "./checked.js";
export { enumValues, isShapeName, shapeNames, shapeOf, type EnumName, type EnumValue, type ShapeName } from "./shapes/shape-table.js";
export type { ListShape, MapShape, NumberShape, PlainShape, Shape, StringShape, StructureShape } from "./shapes/shape.js";
export type { Operation } from "./operations/operation.js";
export { isOperationName, operationNames, operationOf, type OperationName } from "./operations/operation-table.js";
export { findOperation, type OperationMatch } from "./operations/find-operation.js";
export { errorNames, isErrorName, serviceErrorOf, type ErrorName, type ServiceError } from "./operations/service-errors.js";
export { ApiError } from "./operations/api-error.js";
export type { ApiCaller, CallerConnection } from "./operations/api-caller.js";
export { schemaOf, structureSchemaOf, type StructureSchema } from "./schema/schema-of.js";
export { extending, optional, withDefinition, without } from "./schema/change-schema.js";
export { canonicalArnText, versionlessText, type ArnLevel, type ArnParts, type ResourceArn } from "./arn/arn.js";
export { makeArn, parseArn, readArn, type ArnOptions } from "./arn/read-arn.js";
export { ArnIndex, type VersionWithArn } from "./arn/arn-index.js";
export type { ResourceType } from "./arn/resource-types.js";
export { isSameName, slugOf } from "./names/slug.js";
export { readResourceName } from "./names/resource-name.js";
export { readSemanticVersion, type VersionedType } from "./versions/read-semantic-version.js";
export { assignVersion } from "./versions/assign-version.js";
export { latestVersionReferences, type LatestVersionReferences } from "./versions/latest-references.js";
export { MOST_TAGS, type Tags, type TagTarget } from "./tags/tags.js";
export { checkTags, type TagFault } from "./tags/check-tags.js";
export { addTags, removeTags } from "./tags/change-tags.js";
export type { StateTable, Transitions } from "./states/state-table.js";
export { imageStates, type ImageStatus } from "./states/image-states.js";
export { canRetry, resourceStateUpdates, type ImageType, type ResourceStatus } from "./states/resource-state-updates.js";
export {
  rollbackStates,
  workflowStates,
  workflowStepStates,
  type WorkflowExecutionStatus,
  type WorkflowStepExecutionStatus,
  type WorkflowStepRollbackStatus,
} from "./states/workflow-states.js";
export {
  lifecycleResourceStates,
  lifecycleStates,
  type LifecycleExecutionStatus,
  type LifecycleResourceStatus,
} from "./states/lifecycle-states.js";
export { scanStates, type ImageScanStatus } from "./states/scan-states.js";
export { FILTER_NAMES, type FilteredOperation } from "./filters/filter-names.js";
export { checkFilters, matchesFilters, type Filter, type FilterOptions } from "./filters/filters.js";
export { LEAST_RESULTS, MOST_RESULTS, pageSizeOf } from "./pages/page-size.js";
export { createPageToken, readPageToken, type PagedList } from "./pages/page-token.js";

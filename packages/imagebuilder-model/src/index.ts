export type * as Api from "./generated/types.js";
export { enumValues, isShapeName, shapeNames, shapeOf, type EnumName, type EnumValue, type ShapeName } from "./shapes/shape-table.js";
export type { ListShape, MapShape, NumberShape, PlainShape, Shape, StringShape, StructureShape } from "./shapes/shape.js";
export type { Operation } from "./operations/operation.js";
export { isOperationName, operationNames, operationOf, type OperationName } from "./operations/operation-table.js";
export { findOperation, type OperationMatch } from "./operations/find-operation.js";
export { errorNames, isErrorName, serviceErrorOf, type ErrorName, type ServiceError } from "./operations/service-errors.js";
export { schemaOf, structureSchemaOf, type StructureSchema } from "./schema/schema-of.js";
export { extending, optional, withDefinition, without } from "./schema/change-schema.js";

export {
  describeNode,
  isNull,
  toPlain,
  valueOf,
  type MappingEntry,
  type MappingNode,
  type ScalarNode,
  type SequenceNode,
  type ValueNode,
} from "./nodes.js";
export { parseYaml, type ParsedText, type ParseOptions } from "./parse.js";
export { checkPlain, checkSchema, type SchemaCheckOptions } from "./check-schema.js";
export type { JsonSchema } from "./json-schema.js";

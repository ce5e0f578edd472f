export { describeNode, isNull, toPlain, valueOf, type MappingEntry, type MappingNode, type ScalarNode, type SequenceNode, type ValueNode } from "./nodes.js";
export { parseYaml, type ParsedText } from "./parse.js";
export { checkPlain, checkSchema, type JsonSchema, type SchemaCheckOptions } from "./check-schema.js";

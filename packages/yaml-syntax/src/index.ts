export {
  describeNode,
  entryOf,
  isNull,
  toPlain,
  valueOf,
  type MappingEntry,
  type MappingNode,
  type ScalarNode,
  type SequenceNode,
  type ValueNode,
} from "./nodes.js";
export { isMisspelled } from "./misspelled.js";
export { parseYaml, type ParsedText, type ParseOptions } from "./parse.js";
export { checkPlain, checkSchema, type SchemaCheckOptions } from "./check-schema.js";
export type { JsonSchema } from "./json-schema.js";
export { schemaKey } from "./schema-key.js";
export { VALIDITY_OPTIONS, VOCABULARY } from "./validator-options.js";
export { inputUnder, openData, PlacedData, type DataInput, type DataSource } from "./data/data-input.js";
export { DataReport, type DataReportOptions, type FaultDetails } from "./data/data-report.js";
export { checkData, readData, type CheckedData, type DataOptions, type ReadDataOptions } from "./data/read-data.js";
export { templateHelp } from "./template-help.js";
export { shownValue } from "./schema-faults.js";
export { pathText, type Path } from "./path.js";
export { Fields, type AllowedIntegers, type Name, type Setting } from "./fields.js";

import { hasErrors, renderText, type SourceFile } from "@imagewright/diagnostics";
import { checkSchema, parseYaml, toPlain, type JsonSchema } from "@imagewright/yaml-syntax";
import { UsageError } from "../cli/usage-error.js";

/** The settings of a run as the input configuration file of the guide names them. */
export interface RunConfig {
  readonly documents?: readonly { readonly path: string; readonly parameters?: readonly NamedValue[] }[];
  readonly parameters?: readonly NamedValue[];
  readonly phases?: string;
  readonly executionId?: string;
  readonly logDirectory?: string;
  readonly logS3BucketName?: string;
  readonly logS3BucketOwner?: string;
  readonly logS3KeyPrefix?: string;
  readonly cwIgnoreFailures?: string;
  readonly cwLogGroup?: string;
  readonly cwLogRegion?: string;
  readonly cwLogStream?: string;
  readonly documentS3BucketOwner?: string;
  readonly stateDirectory?: string;
  readonly blockedActionModules?: string;
  readonly trace?: string;
}

interface NamedValue {
  readonly name: string;
  readonly value: string;
}

const text = { type: "string" };
const flag = { type: "boolean" };
const namedValues = {
  type: "array",
  items: { type: "object", properties: { name: { type: "string", minLength: 1 }, value: text }, required: ["name", "value"], additionalProperties: false },
};
const schema: JsonSchema = {
  type: "object",
  properties: {
    documents: {
      type: "array",
      minItems: 1,
      items: { type: "object", properties: { path: { type: "string", minLength: 1 }, parameters: namedValues }, required: ["path"], additionalProperties: false },
    },
    parameters: namedValues,
    phases: text,
    executionId: text,
    logDirectory: text,
    logS3BucketName: text,
    logS3BucketOwner: text,
    logS3KeyPrefix: text,
    cwIgnoreFailures: flag,
    cwLogGroup: text,
    cwLogRegion: text,
    cwLogStream: text,
    documentS3BucketOwner: text,
    stateDirectory: text,
    blockedActionModules: text,
    trace: flag,
  },
  required: ["documents"],
  additionalProperties: false,
};

/** Reads an input configuration file (JSON). Throws a UsageError that shows every fault with its place. */
export function readConfig(source: SourceFile): RunConfig {
  const { root, diagnostics } = parseYaml(source);
  if (root === undefined) throw new UsageError(renderText(diagnostics) || `the configuration file "${source.name}" is empty`);
  const faults = [...diagnostics, ...checkSchema(root, schema, { what: "the configuration file" })];
  if (hasErrors(faults)) throw new UsageError(renderText(faults).trimEnd());
  return toPlain(root) as RunConfig;
}

import {
  DiagnosticCollector,
  hasErrors,
  quote,
  showDiagnostics,
  type Diagnostic,
  type SourceFile,
  type Span,
} from "@imagewright/diagnostics";
import { checkSchema, parseYaml, toPlain, valueOf, type JsonSchema, type ValueNode } from "@imagewright/yaml-syntax";
import { UsageError } from "../cli/usage-error.js";

/** The settings of a run, named as in the guide's input configuration file. */
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
  /** Our extension, as the flag --log-readers. */
  readonly logReaders?: string;
  /** Our extension: files that ExecuteDocument reads if this machine does not have the document, by location. */
  readonly fallbackDocuments?: Readonly<Record<string, string>>;
}

interface NamedValue {
  readonly name: string;
  readonly value: string;
}

const text = { type: "string" };
const notEmpty = { type: "string", minLength: 1 };
const flag = { type: "boolean" };
const namedValues = {
  type: "array",
  items: { type: "object", properties: { name: notEmpty, value: notEmpty }, required: ["name", "value"], additionalProperties: false },
};
const schema: JsonSchema = {
  type: "object",
  properties: {
    documents: {
      type: "array",
      minItems: 1,
      items: { type: "object", properties: { path: notEmpty, parameters: namedValues }, required: ["path"], additionalProperties: false },
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
    logReaders: text,
    fallbackDocuments: { type: "object", additionalProperties: text },
  },
  required: ["documents"],
  additionalProperties: false,
};

/** Reads an input configuration file (JSON or YAML). Throws a UsageError that shows every fault with its place. */
export function readConfig(source: SourceFile): RunConfig {
  const { root, diagnostics, isYaml } = parseYaml(source);
  if (root === undefined)
    throw new UsageError(
      diagnostics.length > 0 ? showDiagnostics(diagnostics).trimEnd() : `the configuration file ${quote(source.name)} is empty`,
    );
  if (!isYaml) throw new UsageError(showDiagnostics(diagnostics).trimEnd());
  const faults = [...diagnostics, ...checkSchema(root, schema, { what: "the configuration file" }), ...repeatedNames(root)];
  if (hasErrors(faults)) throw new UsageError(showDiagnostics(faults).trimEnd());
  return toPlain(root) as RunConfig;
}

/** Reports parameters with two values, for one document or for all. */
function repeatedNames(root: ValueNode): readonly Diagnostic[] {
  const found = new DiagnosticCollector();
  for (const place of [root, ...itemsOf(valueOf(root, "documents"))]) {
    const seen = new Map<string, Span>();
    for (const name of itemsOf(valueOf(place, "parameters")).map((pair) => valueOf(pair, "name"))) {
      if (name?.kind !== "scalar") continue;
      const first = seen.get(name.text);
      if (first === undefined) seen.set(name.text, name.span);
      else
        found.error("duplicate-name", name.span, `the parameter ${quote(name.text)} is given twice`, {
          related: [{ message: "it is given here first", span: first }],
        });
    }
  }
  return found.diagnostics;
}

function itemsOf(node: ValueNode | undefined): readonly ValueNode[] {
  return node?.kind === "sequence" ? node.items : [];
}

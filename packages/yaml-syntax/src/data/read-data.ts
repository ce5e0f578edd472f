import { DiagnosticCollector, type Diagnostic } from "@imagewright/diagnostics";
import type { JsonSchema } from "../json-schema.js";
import { openData, type DataInput, type DataSource } from "./data-input.js";
import { DataReport } from "./data-report.js";

export interface DataOptions<Value> {
  /** The name of the whole in messages: `the policy`. */
  readonly what: string;
  /** Further rules; they see only values that fit the schema. */
  readonly rules?: (value: Value, report: DataReport) => void;
}

export interface ReadDataOptions<Value> extends DataOptions<Value> {
  /** The file name in messages for a text without one. */
  readonly name?: string;
}

/** A value without errors and the places of its parts, or the diagnostics alone; a value may have warnings. */
export type CheckedData<Value> =
  | { readonly value: Value; readonly report: DataReport; readonly diagnostics: readonly Diagnostic[] }
  | { readonly value: undefined; readonly report: undefined; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads JSON or YAML, or a value that came from it, and checks it against a JSON Schema and further rules. All faults are in the
 * diagnostics, each with its place and the path of what is wrong. Nothing is thrown, and the input is not changed.
 */
export function readData<Value>(source: DataSource, schema: JsonSchema, options: ReadDataOptions<Value>): CheckedData<Value> {
  const found = new DiagnosticCollector();
  const input = openData(source, options.name ?? "data", found);
  return input === undefined
    ? { value: undefined, report: undefined, diagnostics: found.diagnostics }
    : checkData(input, found, schema, options);
}

/** The same for an input that is open already. Its diagnostics are all of the collector. */
export function checkData<Value>(
  input: DataInput,
  found: DiagnosticCollector,
  schema: JsonSchema,
  { what, rules }: DataOptions<Value>,
): CheckedData<Value> {
  const report = new DataReport(input, found, { what });
  const value = report.check<Value>(schema);
  if (value !== undefined) rules?.(value, report);
  const { diagnostics, hasErrors } = found;
  return value === undefined || hasErrors ? { value: undefined, report: undefined, diagnostics } : { value, report, diagnostics };
}

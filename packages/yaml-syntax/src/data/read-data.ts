import { DiagnosticCollector, type Diagnostic } from "@imagewright/diagnostics";
import type { JsonSchema } from "../json-schema.js";
import { openData, inputUnder, type DataInput, type DataSource } from "./data-input.js";
import { DataReport } from "./data-report.js";

export interface ReadDataOptions<Value> {
  /** The name of the whole in messages: `the policy`. */
  readonly what: string;
  /** The file name in messages for a text without one. */
  readonly name?: string;
  /** The key under which the service's answers have the value; it may be there or not. */
  readonly envelope?: string;
  /** Further rules; they see only values that fit the schema. */
  readonly rules?: (value: Value, report: DataReport) => void;
}

/** A value without faults and the places of its parts, or the faults; either may have warnings. */
export type CheckedData<Value> =
  | { readonly value: Value; readonly report: DataReport; readonly diagnostics: readonly Diagnostic[] }
  | { readonly value: undefined; readonly report: undefined; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads JSON or YAML, or a value that came from it, by a JSON Schema and further rules. All faults are in the diagnostics, each with its
 * place and the path of what is wrong; nothing is thrown, and nothing is changed that was given.
 */
export function readData<Value>(source: DataSource, schema: JsonSchema, options: ReadDataOptions<Value>): CheckedData<Value> {
  const { what, name = "data", envelope, rules } = options;
  const found = new DiagnosticCollector();
  const opened = openData(source, name, found);
  const input = opened !== undefined && envelope !== undefined && hasKey(opened, envelope) ? inputUnder(opened, envelope) : opened;
  const report = input === undefined ? undefined : new DataReport(input, found, { what });
  const value = report?.check<Value>(schema);
  if (report !== undefined && value !== undefined) rules?.(value, report);
  const { diagnostics, hasErrors } = found;
  return report === undefined || value === undefined || hasErrors
    ? { value: undefined, report: undefined, diagnostics }
    : { value, report, diagnostics };
}

function hasKey({ value }: DataInput, key: string): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}

import { Cursor, DiagnosticCollector, parseJson, type Diagnostic, type JsonInput, type SourceFile } from "@imagewright/diagnostics";
import { readShape } from "./read-shape.js";
import type { Shape, ValueOf } from "./shape.js";

/** What came of reading a JSON text: its value and the places in it, unless there were errors; warnings come with either. */
export type Reading<Value> =
  | { readonly value: Value; readonly input: JsonInput; readonly diagnostics: readonly Diagnostic[] }
  | { readonly value: undefined; readonly input: undefined; readonly diagnostics: readonly Diagnostic[] };

/** Reads a JSON text by its shape, then by further rules, which see only values of that shape. `name` is what messages call the whole. */
export function readDocument<S extends Shape>(
  source: SourceFile,
  shape: S,
  name: string,
  check: (value: ValueOf<S>, input: JsonInput, found: DiagnosticCollector) => void,
): Reading<ValueOf<S>> {
  const found = new DiagnosticCollector();
  const input = parseJson(source, found);
  const value = input === undefined ? undefined : readShape(new Cursor({ input, found, name }, input.value), shape);
  if (input !== undefined && value !== undefined && !found.hasErrors) check(value, input, found);
  if (input === undefined || value === undefined || found.hasErrors)
    return { value: undefined, input: undefined, diagnostics: found.diagnostics };
  return { value, input, diagnostics: found.diagnostics };
}

import { DiagnosticCollector, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import { parseJson } from "./parse-json.js";
import { checkShape } from "./check-shape.js";
import type { JsonDocument } from "./json-document.js";
import type { Shape, ValueOf } from "./shape.js";

/** What came of reading a JSON text: its value and the places in it, unless there were errors; warnings come with either. */
export type Reading<Value> =
  | { readonly value: Value; readonly document: JsonDocument; readonly diagnostics: readonly Diagnostic[] }
  | { readonly value: undefined; readonly document: undefined; readonly diagnostics: readonly Diagnostic[] };

/** Reads a JSON text by its shape, then by further rules, which see only values of that shape. */
export function readDocument<S extends Shape>(
  source: SourceFile,
  shape: S,
  name: string,
  check: (value: ValueOf<S>, document: JsonDocument, found: DiagnosticCollector) => void,
): Reading<ValueOf<S>> {
  const found = new DiagnosticCollector();
  const document = parseJson(source, found);
  if (document !== undefined) checkShape(document, shape, name, found);
  if (document === undefined || found.hasErrors) return { value: undefined, document: undefined, diagnostics: found.diagnostics };
  const value = document.value as ValueOf<S>;
  check(value, document, found);
  if (found.hasErrors) return { value: undefined, document: undefined, diagnostics: found.diagnostics };
  return { value, document, diagnostics: found.diagnostics };
}

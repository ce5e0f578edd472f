import { checkData, type CheckedData, type DataOptions, type DataSource, type JsonSchema } from "@imagewright/yaml-syntax";
import { KIND_TEXTS, type FileKind } from "../kind/file-kind.js";
import type { ApiKind } from "../kind/api-kind.js";
import { readAs, type ReadAsOptions } from "./read-as.js";
import { resourceSchema } from "./resource-schema.js";

export interface ReadResourceOptions<Value> extends ReadAsOptions, DataOptions<Value> {
  /** The schema, which may depend on the form of the resource. */
  readonly schema: JsonSchema | ((value: unknown) => JsonSchema);
}

/**
 * Reads the one resource that a file is or contains (see `readAs`), and checks it against a schema and further rules. All faults are in the
 * diagnostics, each with its place.
 */
export function readResource<Value>(source: DataSource, kind: FileKind, options: ReadResourceOptions<Value>): CheckedData<Value> {
  const { schema } = options;
  return readBy(source, kind, typeof schema === "function" ? (value) => schema(value) : () => schema, options);
}

/**
 * The same by the shape that the API's model has for the resource, with no rules beyond it: as a request of Create… or Update…, or as a
 * response shows it.
 */
export function checkResource(source: DataSource, kind: ApiKind, options: ReadAsOptions = {}): CheckedData<unknown> {
  const what = KIND_TEXTS[kind].name.replace(/^an? /, "the ");
  return readBy(source, kind, (value) => resourceSchema(kind, value), { ...options, what });
}

function readBy<Value>(
  source: DataSource,
  kind: FileKind,
  schemaFor: (value: unknown) => JsonSchema,
  options: ReadAsOptions & DataOptions<Value>,
): CheckedData<Value> {
  const { reading, diagnostics } = readAs(
    source,
    kind,
    (input, found) => checkData<Value>(input, found, schemaFor(input.value), options),
    options,
  );
  return reading ?? { value: undefined, report: undefined, diagnostics };
}

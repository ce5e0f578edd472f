import { DiagnosticCollector, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { openData, PlacedData, type DataInput, type DataSource } from "@imagewright/yaml-syntax";
import { openAnswer } from "../answer/open-answer.js";
import type { FileKind } from "../kind/file-kind.js";
import { openResource, type OpenOptions } from "../open-resource.js";

// a template has at most 1 MB; to recognize the kind of a list of a million images would take minutes
const LONGEST_RECOGNIZED = 2_000_000;

export interface ReadAsOptions extends OpenOptions {
  /** The file name in messages for a text without one. */
  readonly name?: string;
}

/** Reads the resource and reports its faults to the collector. */
export type Reader<Reading> = (resource: DataInput, found: DiagnosticCollector) => Reading;

export interface ReadAs<Reading> {
  /** Undefined if the text cannot be read, or the file has no such resource. */
  readonly reading: Reading | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the one resource that a file is or contains with a reader for its kind: JSON or YAML as the API takes it, a response of the
 * service, or a CloudFormation template, whose unknown values are errors unless `open` says otherwise. A file of another kind is named for
 * what it is, and nothing else is said about it. A value is read like the JSON that it came from. Never throws.
 *
 * The kind of a file is determined only if the reader finds faults, and only in texts of up to 2 million characters.
 */
export function readAs<Reading>(source: DataSource, kind: FileKind, read: Reader<Reading>, options: ReadAsOptions = {}): ReadAs<Reading> {
  const { name = "data", ...others } = options;
  const file = typeof source === "string" ? new SourceFile(name, source) : source;
  const found = new DiagnosticCollector();
  const input = openData(file, name, found);
  const reading = input === undefined ? undefined : read(openAnswer(input, kind), found);
  const asWritten = { reading, diagnostics: found.diagnostics };
  if (!found.hasErrors || !(file instanceof SourceFile) || file.text.length > LONGEST_RECOGNIZED) return asWritten;
  const { form, resource, diagnostics } = openResource(file, kind, { open: "refuse", ...others });
  if (form === "file") return asWritten;
  if (form === "other" || resource === undefined) return { reading: undefined, diagnostics };
  return readPlaced(new PlacedData(resource.node, (scalar) => resource.values.isOpen(scalar)), read, diagnostics);
}

function readPlaced<Reading>(data: PlacedData, read: Reader<Reading>, diagnostics: readonly Diagnostic[]): ReadAs<Reading> {
  const found = new DiagnosticCollector();
  found.add(diagnostics);
  const input = openData(data, "data", found);
  return { reading: input === undefined ? undefined : read(input, found), diagnostics: found.diagnostics };
}

import { SourceFile, type DiagnosticCollector, type Span } from "@imagewright/diagnostics";
import { parseJson } from "../json/parse-json.js";
import { JsonPlaces } from "../json/json-places.js";
import { nodeAt, spanAt, toPlainWithNulls, type ScalarNode, type ValueNode } from "../nodes.js";
import { parseYaml } from "../parse.js";
import { pathText, type Path } from "../path.js";

/** The source of data: a text, a file, a part of a file, or a value. */
export type DataSource = string | SourceFile | PlacedData | object;

/** A part of a file, such as a resource in a template. Its scalars are texts, as in YAML. */
export class PlacedData {
  constructor(
    readonly root: ValueNode,
    /** Whether the value of a scalar is not known, so that it is not checked. */
    readonly isOpen: (scalar: ScalarNode) => boolean = () => false,
  ) {}
}

/** A value that has been read, and the places of its parts. */
export interface DataInput {
  readonly value: unknown;
  /** In YAML all scalars are texts, which become what a schema requires. */
  readonly isYaml: boolean;
  /** The place of a value, or of the name of a member; of the nearest value around it where it does not exist. */
  spanOf(path: Path, part?: "name" | "value"): Span;
  /** Whether the value at a path is not known; it is not checked then. */
  isOpen?(path: Path): boolean;
}

// longer texts are not searched for duplicate keys, which would take longer than everything else
const LARGEST_WITH_DUPLICATES = 1_000_000;

/**
 * Reads a text as JSON or YAML, or takes a value as it is; the path of a part of a value is shown as its file name. Reports a text that
 * cannot be read, and returns undefined for it.
 *
 * A text is JSON if its file name ends in `.json`, or if it begins with `{` or `[` and its file name does not end in `.yaml` or `.yml`.
 * YAML allows comments and single quotes in such a text, but the next tool that reads the file would refuse them.
 */
export function openData(source: DataSource, name: string, found: DiagnosticCollector): DataInput | undefined {
  if (typeof source === "string") return openText(new SourceFile(name, source), found);
  if (source instanceof SourceFile) return openText(source, found);
  if (source instanceof PlacedData) return { ...ofNode(source.root), isOpen: (path) => isOpenAt(source, path) };
  return { value: source, isYaml: false, spanOf: (path, part) => spanOfPart(source, name, path, part) };
}

/** The part of the input under a key, or at an index of a list: paths start there. */
export function inputUnder(input: DataInput, key: string | number): DataInput {
  const value = (input.value as Readonly<Record<string | number, unknown>>)[key];
  return {
    ...input,
    value,
    spanOf: (path, part) => input.spanOf([key, ...path], part),
    isOpen: (path) => input.isOpen?.([key, ...path]) === true,
  };
}

function openText(source: SourceFile, found: DiagnosticCollector): DataInput | undefined {
  if (isJson(source)) return openJson(source, found);
  const { root, diagnostics, isYaml } = parseYaml(source);
  found.add(diagnostics);
  if (!isYaml) return undefined;
  if (root === undefined) {
    if (diagnostics.length === 0) found.error("wrong-type", { source, start: 0, end: 0 }, "the text is empty");
    return undefined;
  }
  return ofNode(root);
}

function ofNode(root: ValueNode): DataInput {
  return { value: toPlainWithNulls(root), isYaml: true, spanOf: (path, part = "value") => spanAt(root, path, part) };
}

function isOpenAt({ root, isOpen }: PlacedData, path: Path): boolean {
  const node = nodeAt(root, path);
  return node.kind === "scalar" && isOpen(node);
}

function openJson(source: SourceFile, found: DiagnosticCollector): DataInput | undefined {
  const value = parseJson(source, found, { findDuplicates: source.text.length <= LARGEST_WITH_DUPLICATES });
  if (value === undefined) return undefined;
  const places = new JsonPlaces(source.text);
  return { value, isYaml: false, spanOf: (path, part = "value") => ({ source, ...places.find(path, part) }) };
}

function isJson({ name, text }: SourceFile): boolean {
  return /\.json$/i.test(name) || (!/\.ya?ml$/i.test(name) && /^\ufeff?\s*[[{]/.test(text));
}

function spanOfPart(value: unknown, name: string, path: Path, part?: "name" | "value"): Span {
  let found: unknown = value;
  for (const step of path) found = (found as Record<string | number, unknown> | null | undefined)?.[step];
  // a missing member is shown at the value that lacks it
  if (part === "name" && found === undefined) return spanOfPart(value, name, path.slice(0, -1));
  const text = textOf(found);
  return { source: new SourceFile(path.length === 0 ? name : pathText(path), text), start: 0, end: text.length };
}

function textOf(part: unknown): string {
  if (typeof part === "string") return part;
  try {
    return JSON.stringify(part) ?? "";
  } catch {
    return ""; // deeper than the stack, or no value of JSON
  }
}

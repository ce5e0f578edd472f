import type { DiagnosticCollector } from "../diagnostic.js";
import { SourceFile } from "../source-file.js";
import type { Span } from "../span.js";
import { quote } from "../wording.js";
import { JsonFault, JsonWalker } from "./json-walker.js";
import { pathText, type Path } from "./path.js";
import { Places } from "./places.js";

/** What a reader takes: the text of a JSON file, or the value that came from one. */
export type JsonSource = string | object;

/** A JSON value and the place of each of its parts. */
export interface JsonInput {
  readonly value: unknown;
  /** The place of a value, or of the name of a member; of the nearest value around it where it does not exist. */
  spanOf(path: Path, part?: "name" | "value"): Span;
}

export interface JsonOptions {
  /**
   * Whether members that are there twice are reported, which takes another walk over the text, several times as long as JSON.parse.
   * Without it the last of them holds. Default true.
   */
  readonly strict?: boolean;
}

/** Reads a JSON text of any depth. What is no JSON is reported, and undefined. */
export function parseJson(source: SourceFile, found: DiagnosticCollector, { strict = true }: JsonOptions = {}): JsonInput | undefined {
  let value: unknown;
  try {
    value = JSON.parse(source.text.startsWith("\ufeff") ? source.text.slice(1) : source.text);
  } catch {
    reportFault(source, found);
    return undefined;
  }
  if (strict) reportRepeated(source, found);
  const places = new Places(source.text);
  return { value, spanOf: (path, part = "value") => ({ source, ...places.find(path, part) }) };
}

/** Reads a text, which messages call `name`, or takes a value as it is: the path of a part is then the name of its file. */
export function openJson(source: JsonSource, name: string, found: DiagnosticCollector, options: JsonOptions = {}): JsonInput | undefined {
  if (typeof source === "string") return parseJson(new SourceFile(name, source), found, options);
  return { value: source, spanOf: (path) => spanOfPart(source, name, path) };
}

function reportRepeated(source: SourceFile, found: DiagnosticCollector): void {
  const walker = new JsonWalker(source.text, {
    onRepeated: (name, first, again) => {
      const related = [{ message: `the first ${quote(name)}`, span: { source, ...first } }];
      found.error("repeated-member", { source, ...again }, `the member ${quote(name)} is there twice in one object`, { related });
    },
  });
  walker.value();
}

function reportFault(source: SourceFile, found: DiagnosticCollector): void {
  const { offset, message } = faultOf(source.text);
  const span = { source, start: offset, end: Math.min(offset + 1, source.text.length) };
  const help = helpFor(source.text, offset);
  found.error("invalid-json", span, `not valid JSON: ${message}`, help === undefined ? {} : { help });
}

function helpFor(text: string, offset: number): string | undefined {
  // what is UTF-16 has this for every other character when it is read as UTF-8
  if (text.slice(0, 8).includes("\u0000")) return "the text looks like UTF-16; save it as UTF-8";
  return text[offset] === "/" ? "JSON has no comments" : undefined;
}

function faultOf(text: string): JsonFault {
  try {
    const walker = new JsonWalker(text);
    walker.value();
    walker.end();
  } catch (thrown) {
    if (thrown instanceof JsonFault) return thrown;
  }
  return new JsonFault(0, "the text cannot be read");
}

function spanOfPart(value: unknown, name: string, path: Path): Span {
  let part: unknown = value;
  for (const step of path) part = (part as Record<string | number, unknown> | null | undefined)?.[step];
  const text = textOf(part);
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

import { quote, SourceFile, type DiagnosticCollector, type Span } from "@imagewright/diagnostics";
import { JsonFault, JsonWalker, type Stretch } from "./json-walker.js";

export type Path = readonly (string | number)[];

/** What a reader takes: the text of a JSON file, or the value that came from one. */
export type JsonSource = string | object;

/** A JSON value and the place of each of its parts. */
export interface JsonInput {
  readonly value: unknown;
  /** The place of a value, or of the name of a member. A value that was given as an object has its path for a file name. */
  spanOf(path: Path, part: "name" | "value"): Span;
}

/**
 * Opens a text or a value; what is no JSON is reported, and undefined. Members that are there twice are reported where
 * `strict`: the last of them holds, as in JSON.parse.
 */
export function openJson(source: JsonSource, name: string, found: DiagnosticCollector, { strict }: { strict: boolean }): JsonInput | undefined {
  if (typeof source !== "string") return { value: source, spanOf: (path) => spanOfPart(source, name, path) };
  const file = new SourceFile(name, source);
  try {
    const value: unknown = JSON.parse(source.replace(/^\ufeff/, ""));
    if (strict) reportRepeated(file, found);
    const places = new Places(source);
    return { value, spanOf: (path, part) => ({ source: file, ...places.find(path, part) }) };
  } catch (thrown) {
    const { offset, message } = thrown instanceof JsonFault ? thrown : firstFault(source);
    found.error("invalid-json", { source: file, start: offset, end: Math.min(offset + 1, source.length) }, `not valid JSON: ${message}`);
    return undefined;
  }
}

function reportRepeated(source: SourceFile, found: DiagnosticCollector): void {
  const walker = new JsonWalker(source.text, (name, first, again) => {
    const related = [{ message: `the first ${quote(name)}`, span: { source, ...first } }];
    found.error("repeated-member", { source, ...again }, `the member ${quote(name)} is there twice in one object`, { related });
  });
  walker.value();
}

function firstFault(text: string): JsonFault {
  try {
    const walker = new JsonWalker(text);
    walker.value();
    walker.end();
  } catch (thrown) {
    if (thrown instanceof JsonFault) return thrown;
  }
  return new JsonFault(0, "the text cannot be read");
}

/** Finds parts of a text that is valid JSON. Items are mostly asked for in their order, so it goes on where it found the last one. */
class Places {
  readonly #reached = new Map<number, { index: number; position: number }>();

  constructor(readonly text: string) {}

  find(path: Path, part: "name" | "value"): Stretch {
    const walker = new JsonWalker(this.text);
    walker.next();
    let name: Stretch | undefined;
    for (const step of path) {
      name = typeof step === "number" ? this.#toItem(walker, step) : toMember(walker, step);
      walker.next();
    }
    return part === "name" && name !== undefined ? name : walker.value();
  }

  #toItem(walker: JsonWalker, wanted: number): undefined {
    const array = walker.position;
    const reached = this.#reached.get(array);
    let index = 0;
    if (reached !== undefined && reached.index <= wanted) ({ index, position: walker.position } = reached);
    else walker.position += 1;
    for (; index < wanted; index++) {
      walker.value();
      walker.next();
      walker.position += 1; // the comma: the text is known to be valid
    }
    walker.next();
    this.#reached.set(array, { index, position: walker.position });
  }
}

function toMember(walker: JsonWalker, wanted: string): Stretch | undefined {
  let found: { name: Stretch; position: number } | undefined;
  walker.members((name, key) => {
    walker.next();
    if (name === wanted) found = { name: key, position: walker.position };
    walker.value();
  });
  if (found !== undefined) walker.position = found.position;
  return found?.name;
}

function spanOfPart(value: unknown, name: string, path: Path): Span {
  let part: unknown = value;
  for (const step of path) part = (part as Record<string | number, unknown> | undefined)?.[step];
  const text = typeof part === "string" ? part : (JSON.stringify(part) ?? "");
  return { source: new SourceFile(path.length === 0 ? name : pathText(path), text), start: 0, end: text.length };
}

/** `policyDetails[0].filter.value`. */
export function pathText(path: Path): string {
  return path.map((step, position) => (typeof step === "number" ? `[${step}]` : position === 0 ? step : `.${step}`)).join("");
}

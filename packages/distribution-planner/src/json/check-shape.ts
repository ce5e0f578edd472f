import { count, listOf, nearest, quote, unknownName, type DiagnosticCollector } from "@imagewright/diagnostics";
import type { JsonDocument } from "./json-document.js";
import type { EnumShape, IntegerShape, ListShape, MapShape, ObjectShape, Shape, StringShape } from "./shape.js";

type Members = Readonly<Record<string, unknown>>;

/** Where a value is. The path is put together only when there is a fault to show. */
class Place {
  constructor(
    readonly document: JsonDocument,
    readonly found: DiagnosticCollector,
    /** The member that has the value, or the list that has the entry: what messages call it. */
    readonly name: string,
    readonly parent?: Place,
    readonly key: string | number = "",
  ) {}

  member(key: string): Place {
    return new Place(this.document, this.found, key, this, key);
  }

  entry(position: number): Place {
    return new Place(this.document, this.found, this.name, this, position);
  }

  get path(): (string | number)[] {
    return this.parent === undefined ? [] : [...this.parent.path, this.key];
  }

  fault(code: string, message: string): void {
    this.found.error(code, this.document.span(this.path), message);
  }
}

const KIND_WORDS: Readonly<Record<Shape["type"], string>> = {
  string: "text in double quotes",
  enum: "text in double quotes",
  integer: "a whole number",
  boolean: "true or false",
  list: 'a list in "[" and "]"',
  map: 'an object in "{" and "}"',
  object: 'an object in "{" and "}"',
};

/** Checks a document by a shape. Every fault goes into `found`; where there was none the value has the type of the shape. */
export function checkShape(document: JsonDocument, shape: Shape, name: string, found: DiagnosticCollector): void {
  checkValue(document.value, shape, new Place(document, found, name));
}

function checkValue(value: unknown, shape: Shape, place: Place): void {
  const kind = kindOf(value);
  if (shape.type === "string" && kind === "text") checkText(value as string, shape, place);
  else if (shape.type === "enum" && kind === "text") checkEnum(value as string, shape, place);
  else if (shape.type === "integer" && kind === "a number") checkInteger(value as number, shape, place);
  else if (shape.type === "list" && kind === "a list") checkList(value as unknown[], shape, place);
  else if (shape.type === "map" && kind === "an object") checkMap(value as Members, shape, place);
  else if (shape.type === "object" && kind === "an object") checkObject(value as Members, shape, place);
  else if (shape.type !== "boolean" || kind !== "a boolean") place.fault("wrong-type", `${quote(place.name)} is ${kind}; allowed: ${KIND_WORDS[shape.type]}`);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "text";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function checkText(value: string, shape: StringShape, place: Place): void {
  const { min = 0, max = Infinity } = shape;
  // characters are code points, which are never more than code units
  const length = value.length > max ? [...value].length : value.length;
  if (length < min || length > max) {
    place.fault("wrong-length", `${quote(place.name)} has ${count(length, "character")}; allowed: ${range(min, max)}`);
  } else if (shape.pattern?.test(value) === false) {
    place.fault("wrong-text", `${quote(value)} is not ${shape.what}; allowed: ${shape.allowed}`);
  }
}

function checkEnum(value: string, shape: EnumShape, place: Place): void {
  if (!shape.values.includes(value)) place.fault("unknown-value", unknownName(shape.what, value, shape.values));
}

function checkInteger(value: number, { min, max = Infinity }: IntegerShape, place: Place): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  place.fault("wrong-number", `${quote(place.name)} is ${value}; allowed: whole numbers ${max === Infinity ? `from ${min}` : `from ${min} to ${max}`}`);
}

function checkList(value: readonly unknown[], { of, min, max = Infinity }: ListShape, place: Place): void {
  checkCount(value.length, min, max, place);
  for (const [position, entry] of value.entries()) checkValue(entry, of as Shape, place.entry(position));
}

function checkMap(value: Members, shape: MapShape, place: Place): void {
  const entries = Object.entries(value);
  checkCount(entries.length, shape.min, shape.max, place);
  for (const [key, entry] of entries) {
    checkText(key, shape.key, place.member(key));
    checkValue(entry, shape.value, place.member(key));
  }
}

function checkCount(length: number, min: number, max: number, place: Place): void {
  if (length < min || length > max) place.fault("wrong-count", `${quote(place.name)} has ${count(length, "entry", "entries")}; allowed: ${range(min, max)}`);
}

function checkObject(value: Members, shape: ObjectShape, place: Place): void {
  for (const [name, entry] of Object.entries(value)) {
    const member = shape.members.get(name);
    if (member !== undefined) checkValue(entry, member, place.member(name));
    else place.found.error("unknown-member", place.document.nameSpan(place.member(name).path), unknownName(`member of ${shape.what}`, name, shape.members.keys()));
  }
  const needed = Object.keys(shape.required as object);
  for (const name of needed) if (!Object.hasOwn(value, name)) reportMissing(value, shape, name, needed, place);
}

function reportMissing(value: Members, shape: ObjectShape, name: string, needed: readonly string[], place: Place): void {
  const meant = nearest(name, Object.keys(value).filter((written) => !shape.members.has(written)));
  const instead = meant === undefined ? "" : `; found instead: ${quote(meant)}`;
  place.fault("missing-member", `${shape.what} has no ${quote(name)}${instead}; needed: ${listOf(needed, "and")}`);
}

function range(min: number, max: number): string {
  return max === Infinity ? `at least ${min}` : `${min} to ${max}`;
}

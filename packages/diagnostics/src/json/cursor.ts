import type { DiagnosticCollector, RelatedPlace } from "../diagnostic.js";
import { count, listOf, LONGEST_QUOTE, quote, unknownName } from "../wording.js";
import type { JsonInput } from "./open-json.js";
import { pathText, type Path } from "./path.js";

/** What a list, a text or a number may be. */
export interface Limits {
  readonly least?: number;
  readonly most?: number;
}

export interface Reading {
  readonly input: JsonInput;
  readonly found: DiagnosticCollector;
  /** What messages call the whole. */
  readonly name: string;
  /** After so many warnings one more says that no others are told. Default: all are. */
  readonly mostWarnings?: number;
}

interface FaultExtras {
  readonly help?: string;
  readonly related?: readonly RelatedPlace[];
  readonly part?: "name" | "value";
  readonly warning?: boolean;
}

/**
 * One value of a JSON input. Its readers report a value that is not what they read, and give undefined for it and for one that is
 * absent: null is absent too, as tools print it for what is not set.
 */
export class Cursor {
  constructor(
    readonly reading: Reading,
    readonly value: unknown,
    readonly parent?: Cursor,
    readonly step: string | number = "",
  ) {}

  get path(): Path {
    return this.parent === undefined ? [] : [...this.parent.path, this.step];
  }

  get name(): string {
    if (this.parent === undefined) return this.reading.name;
    const text = pathText(this.path);
    // of a long path the end tells more
    return quote(text.length > LONGEST_QUOTE ? text.slice(1 - LONGEST_QUOTE).replace(/^[^.]*\./, "…") : text);
  }

  get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  fault(code: string, message: string, { part = "value", warning = false, ...extras }: FaultExtras = {}): undefined {
    const { input, found, name, mostWarnings = Infinity } = this.reading;
    const told = found.counts.warning;
    if (warning && told > mostWarnings) return;
    const span = input.spanOf(this.path, part);
    if (!warning) found.error(code, span, message, extras);
    else if (told < mostWarnings) found.warning(code, span, message, extras);
    else found.warning("too-many-warnings", span, `${name} has ${count(mostWarnings, "warning")} up to here; no others are told`);
  }

  /** The place as one that explains another. */
  related(message: string): RelatedPlace[] {
    return [{ message, span: this.reading.input.spanOf(this.path, "value") }];
  }

  must(code: string, allowed: string): undefined {
    this.fault(code, `${this.name} must ${allowed}; found ${shownValue(this.value)}`);
  }

  member(name: string): Cursor {
    const value = isObject(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new Cursor(this.reading, value, this, name);
  }

  /** A member that has to be there; its absence is reported. */
  required(name: string): Cursor {
    const member = this.member(name);
    if (member.isAbsent && isObject(this.value)) this.fault("missing-member", `${this.name} must have ${quote(name)}`);
    return member;
  }

  /** Whether the value is an object; members other than those allowed are reported. */
  isObject(allowed?: readonly string[]): boolean {
    if (this.isAbsent) return false;
    if (!isObject(this.value)) {
      this.must("wrong-type", "be an object");
      return false;
    }
    for (const name of allowed === undefined ? [] : Object.keys(this.value)) {
      if (allowed?.includes(name) === false)
        this.member(name).fault("unknown-member", unknownName(`member of ${this.name}`, name, allowed), { part: "name" });
    }
    return true;
  }

  text({ least = 0, most = Infinity }: Limits = {}): string | undefined {
    if (this.isAbsent) return undefined;
    if (typeof this.value !== "string") return this.must("wrong-type", "be a string");
    // characters are code points, which are never more than code units
    const length = this.value.length > most ? [...this.value].length : this.value.length;
    if (length >= least && length <= most) return this.value;
    return this.fault("wrong-length", `${this.name} must have ${between(least, most, "character")}; it has ${length}`);
  }

  wholeNumber(least: number, most = Infinity): number | undefined {
    if (this.isAbsent) return undefined;
    const { value } = this;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    return this.must("out-of-range", `be a whole number from ${least}${most === Infinity ? "" : ` to ${most}`}`);
  }

  boolean(): boolean | undefined {
    if (this.isAbsent) return undefined;
    return typeof this.value === "boolean" ? this.value : this.must("wrong-type", "be true or false");
  }

  oneOf<Name extends string>(names: readonly Name[]): Name | undefined {
    if (this.isAbsent) return undefined;
    const name = names.find((allowed) => allowed === this.value);
    return name ?? this.must("unknown-value", `be ${listOf(names)}`);
  }

  items({ least = 0, most = Infinity, what = "item" }: Limits & { what?: string } = {}): Cursor[] {
    if (this.isAbsent) return [];
    if (!Array.isArray(this.value)) {
      this.must("wrong-type", "be a list");
      return [];
    }
    const items = this.value.map((value: unknown, index) => new Cursor(this.reading, value, this, index));
    if (items.length < least || items.length > most) this.#wrongCount(items.length, least, most, what);
    return items;
  }

  /** The members of an object whose names are free. */
  entries({ least = 0, most = Infinity, what = "member" }: Limits & { what?: string } = {}): [string, Cursor][] {
    if (!this.isObject()) return [];
    const names = Object.keys(this.value as object);
    if (names.length < least || names.length > most) this.#wrongCount(names.length, least, most, what);
    return names.map((name) => [name, this.member(name)]);
  }

  #wrongCount(found: number, least: number, most: number, what: string): void {
    this.fault("wrong-count", `${this.name} must have ${between(least, most, what)}; it has ${found}`);
  }
}

function between(least: number, most: number, what: string): string {
  if (most === Infinity) return `${count(least, what)} or more`;
  return least === 0 ? `at most ${count(most, what)}` : `${least} to ${count(most, what)}`;
}

function shownValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return isObject(value) ? "an object" : String(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

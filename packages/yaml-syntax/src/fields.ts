import { listOf, nearest, quote, unknownName, type DiagnosticCollector, type Span } from "@imagewright/diagnostics";
import {
  describeNode,
  entryOf,
  isUnread,
  lacksUnread,
  spanAt,
  valueOf,
  type MappingNode,
  type ScalarNode,
  type ValueNode,
} from "./nodes.js";

/** The whole numbers allowed for a key, and their description in messages. */
export interface AllowedIntegers {
  readonly test: (value: number) => boolean;
  readonly description: string;
}

/** A text that is not empty, and its place. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** A number, and its place. */
export interface Setting {
  readonly value: number;
  readonly span: Span;
}

export interface AllowOptions {
  /** Of the reported keys. Default "error". */
  readonly severity?: "error" | "warning";
  readonly needed?: readonly string[];
  /** What to do about a key that resembles none that is missing. */
  readonly help?: string;
}

/**
 * Reads the keys of one mapping: reports keys that are unknown, missing or of the wrong type, and returns the values. It is for documents
 * whose parts keep their places and have help or rules of their own; `readData` reads plain data by a schema.
 */
export class Fields {
  /** Keys that unknown keys most likely mean. */
  readonly #misspelled = new Set<string>();

  constructor(
    readonly node: MappingNode,
    /** The description of the mapping in messages: `step "Install"`. */
    private readonly what: string,
    private readonly found: DiagnosticCollector,
  ) {}

  /** Reports every key that is not in the list. With `needed`, a misspelled one of these is an error whatever the severity of others. */
  allow(keys: readonly string[], { severity = "error", needed = [], help }: AllowOptions = {}): this {
    for (const { key } of this.node.entries) {
      if (keys.includes(key.text)) continue;
      const meant = nearest(key.text, keys);
      const isMissing = meant !== undefined && this.given(meant) === undefined;
      if (isMissing) this.#misspelled.add(meant);
      // an only key stands for whatever is missing
      if (this.node.entries.length === 1 && severity === "error") for (const other of keys) this.#misspelled.add(other);
      this.found[isMissing && needed.includes(meant) ? "error" : severity](
        "unknown-key",
        key.span,
        `${this.what}: ${unknownName("key", key.text, keys)}`,
        help === undefined || isMissing ? {} : { help },
      );
    }
    return this;
  }

  /** Whether an unknown key most likely means this one, which is missing. */
  isMisspelled(key: string): boolean {
    return this.#misspelled.has(key);
  }

  /** The node under a key, null included. */
  given(key: string): ValueNode | undefined {
    return entryOf(this.node, key)?.value;
  }

  /** The value of a key; undefined if it is missing or null. */
  value(key: string): ValueNode | undefined {
    return valueOf(this.node, key);
  }

  /** The value of a required key. One that is only misspelled, or has a value that could not be read, has been reported. */
  required(key: string): ValueNode | undefined {
    const value = this.value(key);
    if (value === undefined && !this.isMisspelled(key) && !lacksUnread(this.node, key))
      this.found.error("missing-key", this.placeOf(key), `${this.what} must have ${quote(key)}`);
    return value;
  }

  /** A scalar as text, in any notation. */
  scalar(key: string, value = this.value(key), expected = "a string"): ScalarNode | undefined {
    if (value === undefined || value.kind === "scalar") return value;
    this.wrongType(key, value, expected);
    return undefined;
  }

  text(key: string): string | undefined {
    return this.scalar(key)?.text;
  }

  requiredName(key: string): Name | undefined {
    const scalar = this.scalar(key, this.required(key));
    if (scalar === undefined) return undefined;
    if (scalar.text.trim() !== "") return scalar;
    this.found.error("value-empty", scalar.span, `${quote(key)} of ${this.what} must not be empty`);
    return undefined;
  }

  integer(key: string, allowed: AllowedIntegers): Setting | undefined {
    return this.#integer(key, this.value(key), allowed);
  }

  requiredInteger(key: string, allowed: AllowedIntegers): number | undefined {
    return this.#integer(key, this.required(key), allowed)?.value;
  }

  #integer(key: string, given: ValueNode | undefined, allowed: AllowedIntegers): Setting | undefined {
    const scalar = this.scalar(key, given, allowed.description);
    if (scalar === undefined) return undefined;
    const value = /^[-+]?\d+$/.test(scalar.text) ? Number(scalar.text) : Number.NaN;
    if (Number.isSafeInteger(value) && allowed.test(value)) return { value, span: scalar.span };
    this.found.error("value-not-allowed", scalar.span, `${quote(key)} must be ${allowed.description}; found ${quote(scalar.text)}`);
    return undefined;
  }

  oneOf<Choice extends string>(key: string, fallback: Choice, choices: readonly Choice[]): Choice {
    const value = this.value(key);
    if (value === undefined) return fallback;
    const scalar = this.scalar(key, value, listOf(choices));
    if (scalar === undefined) return fallback;
    const chosen = choices.find((choice) => choice === scalar.text);
    if (chosen === undefined) {
      this.found.error("value-not-allowed", scalar.span, `${quote(key)} must be ${listOf(choices)}; found ${quote(scalar.text)}`);
    }
    return chosen ?? fallback;
  }

  boolean(key: string): boolean {
    const scalar = this.scalar(key, this.value(key), "true or false");
    if (scalar === undefined) return false;
    if (!/^(true|false)$/i.test(scalar.text))
      this.found.error("wrong-type", scalar.span, `${quote(key)} must be true or false; found ${quote(scalar.text)}`);
    return scalar.text.toLowerCase() === "true";
  }

  /** The fields of the mapping under a key. */
  mapping(key: string): Fields | undefined {
    const value = this.value(key);
    if (value?.kind === "mapping") return new Fields(value, quote(key), this.found);
    if (value !== undefined) this.wrongType(key, value, "a mapping");
    return undefined;
  }

  /** The mappings in a list; reports other items. */
  list(key: string, value = this.value(key)): MappingNode[] {
    if (value === undefined) return [];
    if (value.kind !== "sequence") {
      this.wrongType(key, value, "a list");
      return [];
    }
    return value.items.filter((item): item is MappingNode => {
      if (item.kind !== "mapping" && !isUnread(item))
        this.found.error("wrong-type", item.span, `each item of ${quote(key)} must be a mapping; found ${describeNode(item)}`);
      return item.kind === "mapping";
    });
  }

  /** The place for a message about a key: the key or, if it is missing, the first key of the mapping. */
  placeOf(key: string): Span {
    return spanAt(this.node, [key], "name");
  }

  private wrongType(key: string, value: ValueNode, expected: string): void {
    this.found.error("wrong-type", value.span, `${quote(key)} of ${this.what} must be ${expected}; found ${describeNode(value)}`);
  }
}

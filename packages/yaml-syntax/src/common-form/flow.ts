import type { SourceFile } from "@imagewright/diagnostics";
import { DEEPEST_NESTING } from "../nesting.js";
import type { MappingEntry, ScalarNode, ValueNode } from "../nodes.js";
import { closingQuote, typeOfPlain, unquote } from "./scalars.js";
import { unsupportedForm } from "./unsupported-form.js";

const KEY = /[A-Za-z_][\w-]{0,500}(?=: )/y;
const PLAIN = /(?:[\w./]|-\d)[^,[\]{}:#\r\n]*/y;
const GAP = / */y;
const GAP_OVER_LINES = /[ \r\n]*/y;

/** Reads a value between brackets, braces or quotes. */
export class FlowReader {
  #at = 0;
  #limit = 0;
  #gap = GAP;

  constructor(private readonly source: SourceFile) {}

  /** Where the last value ends. */
  get end(): number {
    return this.#at;
  }

  /** The value that begins here and ends before `limit`, in the same line. */
  read(start: number, limit: number, depth: number): ValueNode {
    [this.#at, this.#limit, this.#gap] = [start, limit, GAP];
    return this.#value(depth);
  }

  /** The whole of a text, as JSON has it. */
  readRoot(start: number): ValueNode {
    [this.#at, this.#limit, this.#gap] = [start, this.source.text.length, GAP_OVER_LINES];
    const value = this.#value(0);
    this.#match(this.#gap);
    return this.#at === this.#limit ? value : unsupportedForm();
  }

  #value(depth: number): ValueNode {
    const first = this.source.text.charAt(this.#at);
    if (first === '"' || first === "'") return this.#quoted();
    if (first !== "[" && first !== "{") return this.#plain();
    if (depth >= DEEPEST_NESTING) unsupportedForm();
    const start = this.#at;
    if (first === "[") {
      const items = this.#list("]", () => this.#value(depth + 1));
      return { kind: "sequence", items, span: { source: this.source, start, end: this.#at } };
    }
    const names = new Set<string>();
    const entries = this.#list("}", () => this.#entry(names, depth + 1));
    return { kind: "mapping", entries, span: { source: this.source, start, end: this.#at } };
  }

  #list<Item>(close: string, read: () => Item): Item[] {
    const items: Item[] = [];
    this.#at++;
    this.#match(this.#gap);
    if (this.#take(close)) return items;
    for (;;) {
      items.push(read());
      this.#match(this.#gap);
      if (this.#take(close)) return items;
      if (!this.#take(",")) unsupportedForm();
      this.#match(this.#gap);
    }
  }

  #entry(names: Set<string>, depth: number): MappingEntry {
    const key = this.#key();
    if (names.has(key.text) || !this.#take(":")) unsupportedForm();
    names.add(key.text);
    this.#match(this.#gap);
    return { key, value: this.#value(depth) };
  }

  #key(): ScalarNode {
    const start = this.#at;
    if (this.source.text.charAt(start) === '"') return this.#quoted();
    const text = this.#match(KEY);
    if (text === "") unsupportedForm();
    return { kind: "scalar", text, type: typeOfPlain(text), span: { source: this.source, start, end: this.#at } };
  }

  #quoted(): ScalarNode {
    const start = this.#at;
    this.#at = closingQuote(this.source.text, start, this.#limit) + 1;
    const written = this.source.text.slice(start, this.#at);
    if (written.includes("\n")) unsupportedForm();
    return { kind: "scalar", text: unquote(written), type: "string", span: { source: this.source, start, end: this.#at } };
  }

  #plain(): ScalarNode {
    const start = this.#at;
    const text = this.#match(PLAIN).trimEnd();
    if (text === "") unsupportedForm();
    return { kind: "scalar", text, type: typeOfPlain(text), span: { source: this.source, start, end: start + text.length } };
  }

  #take(character: string): boolean {
    const found = this.#at < this.#limit && this.source.text.charAt(this.#at) === character;
    if (found) this.#at++;
    return found;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [text = ""] = pattern.exec(this.source.text) ?? [];
    this.#at += text.length;
    return text;
  }
}

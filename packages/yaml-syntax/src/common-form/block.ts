import type { SourceFile } from "@imagewright/diagnostics";
import { DEEPEST_NESTING } from "../nesting.js";
import type { MappingEntry, ScalarNode, ValueNode } from "../nodes.js";
import { FlowReader } from "./flow.js";
import type { Lines } from "./lines.js";
import { readLiteral } from "./literal.js";
import { typeOfPlain } from "./scalars.js";
import { unsupportedForm } from "./unsupported-form.js";

const KEY = /[A-Za-z_][\w-]{0,500}(?=:(?: |$))/my;
const ITEM = /-(?: |$)/my;
const PLAIN_START = /[^\s\-?:,[\]{}#&*!|>'"%@`]|-[^\s-]/y;

/**
 * Reads lists and mappings by their indent. After each value the lines stand at the next one with content; a line whose indent fits to none
 * of the open lists and mappings ends them all, so the reading ends before the text does.
 */
export class BlockReader {
  readonly #flow: FlowReader;

  constructor(
    private readonly source: SourceFile,
    private readonly lines: Lines,
  ) {
    this.#flow = new FlowReader(source);
  }

  /** The list or mapping that begins at a place of the current line; `depth` is the number of those around it. */
  read(start: number, depth: number): ValueNode {
    if (depth >= DEEPEST_NESTING) unsupportedForm();
    const column = start - this.lines.begin;
    return this.#matches(ITEM, start) ? this.#sequence(start, column, depth) : this.#mapping(start, column, depth);
  }

  #sequence(start: number, column: number, depth: number): ValueNode {
    const items: ValueNode[] = [];
    for (let at = start; items.length === 0 || (this.lines.column === column && this.#matches(ITEM, at)); at = this.lines.at)
      items.push(this.#item(at + 1, column, depth));
    return { kind: "sequence", items, span: { source: this.source, start, end: endOf(items.at(-1), start) } };
  }

  #item(from: number, column: number, depth: number): ValueNode {
    const at = this.lines.skipSpaces(from);
    if (this.lines.isRestEmpty(from)) return this.#below(at, column + 1, depth);
    return this.#matches(KEY, at) ? this.read(at, depth + 1) : this.#inLine(at, column, depth);
  }

  #mapping(start: number, column: number, depth: number): ValueNode {
    const entries: MappingEntry[] = [];
    const names = new Set<string>();
    for (let at = start; entries.length === 0 || (this.lines.column === column && !this.#matches(ITEM, at)); at = this.lines.at) {
      const key = this.#key(at);
      if (names.has(key.text)) unsupportedForm();
      names.add(key.text);
      entries.push({ key, value: this.#valueOfKey(key.span.end + 1, column, depth) });
    }
    return { kind: "mapping", entries, span: { source: this.source, start, end: endOf(entries.at(-1)?.value, start) } };
  }

  #key(start: number): ScalarNode {
    KEY.lastIndex = start;
    const [text] = KEY.exec(this.source.text) ?? unsupportedForm();
    return { kind: "scalar", text, type: typeOfPlain(text), span: { source: this.source, start, end: start + text.length } };
  }

  #valueOfKey(from: number, column: number, depth: number): ValueNode {
    const at = this.lines.skipSpaces(from);
    if (!this.lines.isRestEmpty(from)) return this.#inLine(at, column, depth);
    return this.#below(at, column + 1, depth, column);
  }

  /** A list or a mapping from the next line on, from a column on; a list may stand at `listColumn`. Nothing if there is none. */
  #below(place: number, column: number, depth: number, listColumn = column): ValueNode {
    this.lines.advanceToNext();
    const { at, column: found } = this.lines;
    if (found >= column || (found === listColumn && this.#matches(ITEM, at))) return this.read(at, depth + 1);
    return { kind: "scalar", text: "", type: "null", span: { source: this.source, start: place, end: place } };
  }

  #inLine(start: number, column: number, depth: number): ValueNode {
    const first = this.source.text.charAt(start);
    if (first === "|") return readLiteral(this.source, this.lines, start, column);
    const value = "\"'[{".includes(first) ? this.#inFlow(start, depth) : this.#plain(start);
    this.lines.advanceToNext();
    return value;
  }

  #inFlow(start: number, depth: number): ValueNode {
    const value = this.#flow.read(start, this.lines.end, depth + 1);
    return this.lines.isRestEmpty(this.#flow.end) ? value : unsupportedForm();
  }

  #plain(start: number): ScalarNode {
    const line = this.source.text.slice(start, this.lines.end);
    const comment = line.indexOf(" #");
    const text = (comment === -1 ? line : line.slice(0, comment)).trimEnd();
    if (!this.#matches(PLAIN_START, start) || text.includes(": ") || text.endsWith(":")) unsupportedForm();
    return { kind: "scalar", text, type: typeOfPlain(text), span: { source: this.source, start, end: start + text.length } };
  }

  #matches(pattern: RegExp, at: number): boolean {
    pattern.lastIndex = at;
    return pattern.test(this.source.text);
  }
}

function endOf(last: ValueNode | undefined, start: number): number {
  return last?.span.end ?? start;
}

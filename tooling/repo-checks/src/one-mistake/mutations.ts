import { SourceFile } from "@imagewright/diagnostics";
import { parseYaml, type MappingEntry, type MappingNode, type ValueNode } from "@imagewright/yaml-syntax";

/** A text with one mistake. */
export interface Mutation {
  /** The kind of mistake and where it is: `misspelled key phases[0].name`. */
  readonly name: string;
  readonly text: string;
  /** The lines, counted from 1, on which a message about it is expected: those of the mistake and of what contains it. */
  readonly lines: readonly [first: number, last: number];
}

/** Chooses one of several places in a text: a whole number from 0 up to, not including, the given one. */
export type Choose = (below: number) => number;

/** Every text that differs from a YAML or JSON file by one mistake of each kind at each place where it can be made. */
export function mutationsOf(text: string, choose: Choose): Mutation[] {
  const source = new SourceFile("f", text);
  const { root } = parseYaml(source);
  if (root === undefined) throw new Error("the text is empty");
  const maker = new MutationMaker(source, /^\s*[[{]/.test(text), choose);
  maker.visit(root, "");
  if (!/^\s*[[{]/.test(text)) maker.mutateLines();
  return maker.made;
}

class MutationMaker {
  readonly made: Mutation[] = [];

  constructor(
    private readonly source: SourceFile,
    private readonly isJson: boolean,
    private readonly choose: Choose,
  ) {}

  visit(node: ValueNode, path: string): void {
    if (node.kind === "sequence")
      for (const [index, item] of node.items.entries()) {
        this.#replace(item, `${path}[${index}]`, node);
        this.visit(item, `${path}[${index}]`);
      }
    if (node.kind === "mapping")
      for (const [index, entry] of node.entries.entries()) {
        const at = path === "" ? entry.key.text : `${path}.${entry.key.text}`;
        this.#dropKey(node, index, at);
        this.#misspellKey(entry, at, node);
        this.#doubleKey(node, index, at);
        this.#replace(entry.value, at, node);
        this.#emptyValue(entry, at, node);
        this.visit(entry.value, at);
      }
  }

  /** Mistakes in single lines, quotes included. */
  mutateLines(): void {
    const lines = this.source.text.split("\n");
    for (const [index, line] of lines.entries()) {
      if (line.trim() === "" || line.trim().startsWith("#")) continue;
      const replaced = (name: string, other: string, reach = 2) =>
        this.made.push({ name: `${name} in line ${index + 1}`, text: lines.with(index, other).join("\n"), lines: [index, index + reach] });
      // in a text over several lines it shows where the text ends
      replaced("a blank more", ` ${line}`, 8);
      if (line.startsWith(" ")) {
        replaced("a blank less", line.slice(1));
        replaced("a tab", line.replace(/^ {2}/, "\t"));
      }
      if (/^[\s-]*[\w"]+: /.test(line)) {
        replaced("no blank after the colon", line.replace(": ", ":"));
        replaced("no colon", line.replace(": ", " "));
      }
      if (/^\s*- /.test(line)) replaced("no blank after the dash", line.replace("- ", "-"));
    }
  }

  #dropKey(node: MappingNode, index: number, at: string): void {
    const [entry, next, before] = [node.entries[index], node.entries[index + 1], node.entries[index - 1]] as MappingEntry[];
    if (entry === undefined || (next === undefined && before === undefined)) return;
    const [start, end] = next === undefined ? [endOf(before as MappingEntry), endOf(entry)] : [entry.key.span.start, next.key.span.start];
    this.#make(`dropped key ${at}`, start, end, this.source.text.slice(start, end).endsWith("\n") && next === undefined ? "\n" : "", node);
  }

  #misspellKey({ key: { span, text } }: MappingEntry, at: string, node: MappingNode): void {
    if (text.length < 4) return;
    const offset = this.source.text.indexOf(text, span.start);
    const position = 1 + this.choose(text.length - 2);
    const [before, letter = "", other = "", after] = [
      text.slice(0, position),
      text[position],
      text[position + 1],
      text.slice(position + 2),
    ];
    const wrong = letter === other ? `${before}${letter}${after}` : `${before}${other}${letter}${after}`;
    this.#make(`misspelled key ${at} as ${wrong}`, offset, offset + text.length, wrong, node);
  }

  #doubleKey(node: MappingNode, index: number, at: string): void {
    const entry = node.entries[index];
    if (entry === undefined) return;
    const { source } = this;
    const written = source.text.slice(entry.key.span.start, endOf(entry)).trimEnd();
    const lineStart = source.text.lastIndexOf("\n", entry.key.span.start) + 1;
    const column = entry.key.span.start - lineStart;
    const isFlow = this.isJson || source.text[node.span.start] === "{";
    const separator = isFlow ? ", " : `\n${" ".repeat(column)}`;
    this.#make(`doubled key ${at}`, entry.key.span.start, entry.key.span.start, `${written}${separator}`, node);
  }

  #replace(value: ValueNode, at: string, parent: ValueNode): void {
    const others = {
      scalar: { "a list": "[xyz, zyx]", "a mapping": "{ xyz: zyx }", "another word": "Xyzzy" },
      sequence: { "a text": "xyzzy", "a mapping": "{ xyz: zyx }" },
      mapping: { "a text": "xyzzy", "a list": "[xyz, zyx]" },
    }[value.kind];
    for (const [what, yaml] of Object.entries(others)) {
      const text = this.isJson ? yaml.replace(/\w+/g, '"$&"') : yaml;
      this.#make(`${what} for ${at}`, this.#beginOf(value), value.span.end, this.#ended(value, text), parent);
    }
    if (value.kind === "scalar" && /^["']/.test(this.source.text.slice(value.span.start))) {
      this.#make(`no opening quote for ${at}`, value.span.start, value.span.start + 1, "", parent);
      this.#make(`no closing quote for ${at}`, value.span.end - 1, value.span.end, "", parent);
    }
  }

  #emptyValue({ value }: MappingEntry, at: string, node: MappingNode): void {
    const begin = this.#beginOf(value);
    this.#make(`nothing for ${at}`, begin, value.span.end, this.#ended(value, this.isJson ? "null" : ""), node);
  }

  /** Where a value begins: for a block, behind the colon or the dash. */
  #beginOf(value: ValueNode): number {
    const before = this.source.text.slice(0, value.span.start);
    const gap = /\n\s*$/.exec(before);
    return gap === null ? value.span.start : gap.index;
  }

  #ended(value: ValueNode, text: string): string {
    const written = this.source.text.slice(this.#beginOf(value), value.span.end);
    return `${written.startsWith("\n") ? " " : ""}${text}${written.endsWith("\n") ? "\n" : ""}`;
  }

  #make(name: string, start: number, end: number, inserted: string, parent: ValueNode): void {
    const { text } = this.source;
    const changed = text.slice(0, start) + inserted + text.slice(end);
    if (changed === text) return;
    const added = changed.split("\n").length - text.split("\n").length;
    const [first, last] = [this.source.position(parent.span.start).line, this.source.position(parent.span.end).line];
    // the key of what contains it may stand on the line before
    this.made.push({ name, text: changed, lines: [first - 1, Math.max(first, last + added)] });
  }
}

function endOf({ value }: MappingEntry): number {
  return value.span.end;
}

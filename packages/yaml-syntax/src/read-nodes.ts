import { quote, type DiagnosticCollector, type RelatedPlace, type SourceFile, type Span } from "@imagewright/diagnostics";
import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { DEEPEST_NESTING, tooDeep } from "./nesting.js";
import type { MappingEntry, ScalarNode, ValueNode } from "./nodes.js";

// each use of an alias is replaced by a copy of its value; a text with more values in such copies is rejected
const MOST_VALUES_FROM_ALIASES = 10_000;

/** Turns the library's nodes of one document into value nodes, and reports keys used twice, faulty aliases and unclosed quotes. */
export class NodeReader {
  readonly #anchors = new Map<string, Node>();
  readonly #targets = new Map<Alias, Node | undefined>();
  /** The lists and mappings that are being read: an alias to one of them has no end. */
  readonly #open = new Set<Node>();
  /** The alias that is being replaced by its value; of aliases inside aliases, the outermost. */
  #alias: Span | undefined;
  #fromAliases = 0;
  #tooDeep = false;

  constructor(
    private readonly source: SourceFile,
    private readonly found: DiagnosticCollector,
    private readonly keepTags: boolean,
  ) {}

  /** `depth` is the number of lists and mappings around the node. */
  read(node: Node, depth: number): ValueNode {
    const span = this.#span(node);
    if (isAlias(node)) return this.#writeOut(node, span, depth);
    if (this.#alias === undefined) {
      if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    } else if (++this.#fromAliases > MOST_VALUES_FROM_ALIASES) return this.#tooManyFromAliases(this.#alias, span);
    if (isBareReference(node)) return this.#bareReference(span);
    const value = isScalar(node) ? this.#scalar(node, span) : this.#collection(node, span, depth);
    return this.keepTags && isOwnTag(node.tag) ? { ...value, tag: node.tag } : value;
  }

  /** A reference without quotes should be text, so the message must not be about mappings. */
  #bareReference(span: Span): ScalarNode {
    this.#report("yaml-quotes-missing", span, 'text that starts with "{{" needs quotes, as in "{{ name }}"');
    return { kind: "scalar", text: this.source.text.slice(span.start, span.end), type: "string", span };
  }

  #collection(node: YAMLMap | YAMLSeq, span: Span, depth: number): ValueNode {
    if (depth >= DEEPEST_NESTING) {
      if (!this.#tooDeep) tooDeep(this.found, this.#alias ?? span);
      this.#tooDeep = true;
      return unread(span);
    }
    this.#open.add(node);
    const value = isMap(node) ? this.#mapping(node, span, depth + 1) : this.#sequence(node, span, depth + 1);
    this.#open.delete(node);
    return value;
  }

  #sequence(node: YAMLSeq, span: Span, depth: number): ValueNode {
    const items = node.items.map((item) => this.read(item as Node, depth));
    return { kind: "sequence", items, span: spanOf(node, span, items.at(-1)) };
  }

  #mapping(node: YAMLMap, span: Span, depth: number): ValueNode {
    const { entries, isPartlyRead } = this.#entries(node, depth);
    const whole = { kind: "mapping", entries, span: spanOf(node, span, entries.at(-1)?.value) } as const;
    return isPartlyRead ? { ...whole, isPartlyRead } : whole;
  }

  #entries(node: YAMLMap, depth: number): { readonly entries: readonly MappingEntry[]; readonly isPartlyRead: boolean } {
    const entries = new Map<string, MappingEntry>();
    let isPartlyRead = false;
    for (const pair of node.items) {
      const key = this.#key(pair.key as Node, depth);
      if (key === undefined) {
        isPartlyRead = true;
        continue;
      }
      const value =
        pair.value === null || pair.value === undefined
          ? nothing({ ...key.span, start: key.span.end })
          : this.read(pair.value as Node, depth);
      const first = entries.get(key.text);
      if (first === undefined) entries.set(key.text, { key, value });
      else
        this.#report("duplicate-key", key.span, `the key ${quote(key.text)} is used twice`, {
          related: [{ message: "first used here", span: first.key.span }],
        });
    }
    return { entries: [...entries.values()], isPartlyRead };
  }

  #key(node: Node, depth: number): ScalarNode | undefined {
    const key = isMap(node) || isSeq(node) ? undefined : this.read(node, depth);
    if (key?.kind !== "scalar") {
      this.#report("yaml-key-not-a-name", this.#span(node), "a key must be a name; found a list or a mapping", {
        help: "text that starts with { or [ needs quotes",
      });
      return undefined;
    }
    if (key.text !== "<<" || !isScalar(node) || node.type !== "PLAIN") return key;
    this.#report("yaml-merge-key", key.span, 'the merge key "<<" is not supported; write out the keys that it would add');
    return undefined;
  }

  #scalar(node: Scalar, span: Span): ScalarNode {
    if (!isClosed(node, this.source.text.slice(span.start, span.end))) {
      this.#report("yaml-syntax", { ...span, end: span.start + 1 }, "the quote that opens here is never closed");
    }
    const type = node.type !== "PLAIN" ? "string" : node.value === null ? "null" : typeof node.value;
    return {
      kind: "scalar",
      text: node.source ?? "",
      type: type === "number" || type === "boolean" || type === "null" ? type : "string",
      span,
    };
  }

  #writeOut(alias: Alias, span: Span, depth: number): ValueNode {
    const target = this.#targetOf(alias);
    if (target === undefined || this.#open.has(target)) {
      const problem = target === undefined ? `has no anchor ${quote(`&${alias.source}`)} before it` : "is within its own anchor";
      this.#report(
        "yaml-alias",
        span,
        `the alias ${quote(`*${alias.source}`)} ${problem}`,
        target === undefined ? { help: 'text that starts with "*" needs quotes' } : {},
      );
      return unread(span);
    }
    const outer = this.#alias;
    this.#alias = outer ?? span;
    const value = this.read(target, depth);
    this.#alias = outer;
    return { ...value, span };
  }

  /** Looked up once: when the alias is read again as a part of another one, its name may stand for something else. */
  #targetOf(alias: Alias): Node | undefined {
    if (!this.#targets.has(alias)) this.#targets.set(alias, this.#anchors.get(alias.source));
    return this.#targets.get(alias);
  }

  #tooManyFromAliases(alias: Span, span: Span): ValueNode {
    if (this.#fromAliases === MOST_VALUES_FROM_ALIASES + 1) {
      this.found.error("yaml-too-many-aliases", alias, `the aliases of this text write out more than ${MOST_VALUES_FROM_ALIASES} values`);
    }
    return unread(span);
  }

  /** Reports a fault, except inside an alias: it has been reported at the anchor. */
  #report(code: string, span: Span, message: string, extras: { related?: RelatedPlace[]; help?: string } = {}): void {
    if (this.#alias === undefined) this.found.error(code, span, message, extras);
  }

  #span(node: Node): Span {
    const [start = 0, end = start] = node.range ?? [];
    return { source: this.source, start, end };
  }
}

/** `!Sub` and the like; YAML's own begin with `tag:`, and `!` alone says that a scalar is text. */
function isOwnTag(tag: string | undefined): tag is string {
  return tag !== undefined && tag.length > 1 && tag.startsWith("!");
}

/** A list or mapping without brackets ends with its last value; the library counts the blanks and comments after it as a part. */
function spanOf({ flow }: YAMLMap | YAMLSeq, span: Span, last: ValueNode | undefined): Span {
  return flow === true || last === undefined ? span : { ...span, end: last.span.end };
}

/** `{{ name }}` without quotes is a mapping with a mapping as its only key. */
function isBareReference(node: Node): boolean {
  const [pair, ...others] = isMap(node) && node.flow === true ? node.items : [];
  return pair !== undefined && others.length === 0 && isMap(pair.key) && pair.value === null;
}

/** Whether a scalar in quotes ends with a quote that is not itself text: written `''` between single quotes, `\\"` between double ones. */
function isClosed({ type }: Scalar, written: string): boolean {
  if (type === "QUOTE_SINGLE") return lengthOfRun(written.slice(1), "'") % 2 === 1;
  if (type === "QUOTE_DOUBLE") return written.length > 1 && written.endsWith('"') && lengthOfRun(written.slice(1, -1), "\\") % 2 === 0;
  return true;
}

/** The number of times that a character is repeated at the end of a text. */
function lengthOfRun(text: string, character: string): number {
  let length = 0;
  while (text.at(-1 - length) === character) length++;
  return length;
}

function nothing(span: Span): ScalarNode {
  return { kind: "scalar", text: "", type: "null", span };
}

function unread(span: Span): ScalarNode {
  return { ...nothing(span), isUnread: true };
}

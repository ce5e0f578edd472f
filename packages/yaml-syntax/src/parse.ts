import { DiagnosticCollector, quote, type Diagnostic, type SourceFile, type Span } from "@imagewright/diagnostics";
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Node, type ParsedNode, type Scalar } from "yaml";
import type { MappingEntry, ScalarNode, ValueNode } from "./nodes.js";

export interface ParsedText {
  /** The text's value; undefined where it is empty or cannot be read at all. */
  readonly root: ValueNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

// an alias is written out where it is used; a text whose aliases write out more values than this is refused
const MOST_VALUES_FROM_ALIASES = 10_000;
const DEEPEST_NESTING = 100;

/**
 * Reads YAML 1.2 (and JSON, which is part of it) into value nodes. All faults of the text are reported, each with its place;
 * what could be read is returned beside them.
 */
export function parseYaml(source: SourceFile): ParsedText {
  const found = new DiagnosticCollector();
  const nul = source.text.indexOf("\0");
  if (nul !== -1) {
    found.error("yaml-syntax", { source, start: nul, end: nul + 1 }, "the text has a NUL byte; write it as plain UTF-8 text");
    return { root: undefined, diagnostics: found.diagnostics };
  }
  const documents = readDocuments(source, found);
  const [document, second] = documents;
  if (second !== undefined) {
    const start = second.range[0];
    found.error("yaml-several-documents", { source, start, end: start + 3 }, 'a second document starts here; one file holds one document, without "---" after it');
  }
  if (document === undefined || document.contents === null) return { root: undefined, diagnostics: found.diagnostics };
  const root = new NodeReader(source, document, found).read(document.contents, 0);
  return { root, diagnostics: found.diagnostics };
}

function readDocuments(source: SourceFile, found: DiagnosticCollector): Document.Parsed[] {
  try {
    const parsed = parseAllDocuments(source.text, { prettyErrors: false, strict: true, uniqueKeys: true, stringKeys: false, logLevel: "silent" });
    const documents = Array.isArray(parsed) ? parsed : [];
    for (const document of documents) {
      for (const fault of document.errors) {
        // duplicate keys are reported by the reader, which knows both places
        if (fault.code === "DUPLICATE_KEY") continue;
        const [start, end] = fault.pos;
        found.error("yaml-syntax", { source, start, end }, lowerFirst(fault.message), hintFor(fault.code));
      }
    }
    return documents;
  } catch (thrown) {
    // the library recurses over flow collections; a text nested beyond the stack is the one thing that makes it throw
    if (!(thrown instanceof RangeError)) throw thrown;
    found.error("yaml-too-deep", { source, start: 0, end: 1 }, `the text is nested too deeply; ${DEEPEST_NESTING} levels are allowed`);
    return [];
  }
}

function hintFor(code: string): { help?: string } {
  if (code === "TAB_AS_INDENT") return { help: "indent with spaces" };
  if (code === "BLOCK_AS_IMPLICIT_KEY") return { help: 'a value that has ": " in it needs quotes' };
  return {};
}

function lowerFirst(message: string): string {
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}`.replace(/\.$/, "");
}

class NodeReader {
  #fromAliases = 0;
  #withinAlias = false;
  #tooDeep = false;

  constructor(
    private readonly source: SourceFile,
    private readonly document: Document.Parsed,
    private readonly found: DiagnosticCollector,
  ) {}

  read(node: ParsedNode | Node, depth: number): ValueNode {
    const span = this.#span(node);
    if (depth > DEEPEST_NESTING) {
      if (!this.#tooDeep) this.found.error("yaml-too-deep", span, `the text is nested too deeply; ${DEEPEST_NESTING} levels are allowed`);
      this.#tooDeep = true;
      return nothing(span);
    }
    if (this.#withinAlias && ++this.#fromAliases > MOST_VALUES_FROM_ALIASES) {
      if (this.#fromAliases === MOST_VALUES_FROM_ALIASES + 1) {
        this.found.error("yaml-too-many-aliases", span, `the aliases of this text write out more than ${MOST_VALUES_FROM_ALIASES} values`);
      }
      return nothing(span);
    }
    if (isScalar(node)) return this.#scalar(node, span);
    if (isSeq(node)) return { kind: "sequence", items: node.items.map((item) => this.read(item as Node, depth + 1)), span };
    if (isMap(node)) return { kind: "mapping", entries: this.#entries(node, depth), span };
    if (isAlias(node)) return this.#alias(node, span, depth);
    return nothing(span);
  }

  #alias(node: Extract<ParsedNode, { source: string }> | Node, span: Span, depth: number): ValueNode {
    const target = isAlias(node) ? node.resolve(this.document) : undefined;
    if (target === undefined) return nothing(span); // the library has reported it
    const outer = this.#withinAlias;
    this.#withinAlias = true;
    const value = this.read(target as Node, depth + 1);
    this.#withinAlias = outer;
    return { ...value, span };
  }

  #entries(node: { items: readonly { key: unknown; value: unknown }[] }, depth: number): MappingEntry[] {
    const entries = new Map<string, MappingEntry>();
    for (const pair of node.items) {
      const key = this.read(pair.key as Node, depth + 1);
      if (key.kind !== "scalar") {
        this.found.error("yaml-key-not-a-name", key.span, "a key must be a name; found a list or a mapping", {
          help: "text that starts with { or [ needs quotes, as in \"{{ name }}\"",
        });
        continue;
      }
      const value = pair.value === null || pair.value === undefined ? nothing({ ...key.span, start: key.span.end }) : this.read(pair.value as Node, depth + 1);
      const first = entries.get(key.text);
      if (first === undefined) entries.set(key.text, { key, value });
      else {
        this.found.error("duplicate-key", key.span, `the key ${quote(key.text)} is used twice`, {
          related: [{ message: "first used here", span: first.key.span }],
        });
      }
    }
    return [...entries.values()];
  }

  #scalar(node: Scalar, span: Span): ScalarNode {
    const written = node.source ?? "";
    if (node.type !== "PLAIN") return { kind: "scalar", text: String(node.value ?? ""), type: "string", span };
    const type = node.value === null ? "null" : typeof node.value;
    return { kind: "scalar", text: written, type: type === "number" || type === "boolean" || type === "null" ? type : "string", span };
  }

  #span(node: { range?: readonly number[] | null | undefined }): Span {
    const [start = 0, end = start] = node.range ?? [];
    return { source: this.source, start, end };
  }
}

function nothing(span: Span): ScalarNode {
  return { kind: "scalar", text: "", type: "null", span };
}

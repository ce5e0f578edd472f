import { quote, type Diagnostic, type Span } from "@imagewright/diagnostics";
import type { ScalarNode } from "@imagewright/yaml-syntax";
import type { ComponentDocument } from "../syntax/document.js";

// the braces of scripts and of JSON are followed by something else
const BEGINNING = /\{\{[ \t]*((?:aws:ssm|literal):[^\s}"']*|[\w-]+(?:\.[\w.[\]-]*)?)/g;

/** Finds the braces in texts of a document that open a reference and are never closed. */
export class UnclosedReferences {
  readonly #beforeDot: ReadonlySet<string>;

  constructor(
    { phases }: ComponentDocument,
    private readonly variables: ReadonlySet<string>,
  ) {
    const loops = phases.flatMap(({ steps }) => steps.flatMap(({ loop }) => loop?.name?.text ?? []));
    this.#beforeDot = new Set([...phases.map(({ name }) => name.text), ...loops, "loop"]);
  }

  /** A warning for each, since such braces can be meant as text. */
  in(scalar: ScalarNode): Diagnostic[] {
    const { text, span } = scalar;
    const tail = tailOf(text);
    if (tail === undefined) return [];
    const written = span.source.text.slice(span.start, span.end);
    const writtenTail = tailOf(written);
    // quotes, escapes and folding change what stands between braces, but not their number
    const isPlaced = writtenTail !== undefined && bracesIn(written, writtenTail) === bracesIn(text, tail);
    const [shown, offset] = isPlaced ? [written.slice(writtenTail), span.start + writtenTail] : [text.slice(tail), 0];
    return [...shown.matchAll(BEGINNING)].flatMap(({ 0: whole, 1: name = "", index }) => {
      const start = offset + index;
      return this.#looksLikeReference(name) ? [unclosed(name, isPlaced ? { ...span, start, end: start + whole.length } : span)] : [];
    });
  }

  #looksLikeReference(text: string): boolean {
    const [first = "", ...others] = text.split(".");
    return text.includes(":") || (others.length === 0 ? this.variables.has(first) : this.#beforeDot.has(first));
  }
}

function unclosed(text: string, span: Span): Diagnostic {
  return {
    code: "unclosed-reference",
    severity: "warning",
    span,
    message: `the reference ${quote(text)} is never closed, so it stays as text`,
    help: `write {{ ${text} }}`,
  };
}

/** Where the first braces begin that no closing ones follow. */
function tailOf(text: string): number | undefined {
  const lastEnd = text.lastIndexOf("}}");
  const start = text.indexOf("{{", lastEnd === -1 ? 0 : lastEnd + 2);
  return start === -1 ? undefined : start;
}

function bracesIn(text: string, from: number): number {
  return text.slice(from).split("{{").length;
}

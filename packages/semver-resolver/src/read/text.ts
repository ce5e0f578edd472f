import { SourceFile, type Diagnostic, type Span } from "@imagewright/diagnostics";

/** A text to read: a string, or a span of a file, so that faults are shown there. */
export type Text = string | Span;

/** The result of reading a text: the value, or the faults in the order of the text. */
export type Reading<Value> =
  { readonly value: Value; readonly diagnostics: readonly [] } | { readonly value: undefined; readonly diagnostics: readonly Diagnostic[] };

/** The span of a text; a string gets a source with this name. */
export function spanOf(text: Text, name: string): Span {
  return typeof text === "string" ? { source: new SourceFile(name, text), start: 0, end: text.length } : text;
}

/** The text of a span. */
export function textOf({ source, start, end }: Span): string {
  return source.text.slice(start, end);
}

/** A part of a span; offsets count from its start. */
export function within(span: Span, start: number, end: number): Span {
  return { source: span.source, start: span.start + start, end: span.start + end };
}

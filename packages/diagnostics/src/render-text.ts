import stringWidth from "fast-string-width";
import type { Diagnostic, Severity } from "./diagnostic.js";
import { joinSafe, safe, type SafeText } from "./screen/safe-text.js";
import { createStyles, type Style, type Styles } from "./screen/styles.js";
import { formatLocation, inFile, type Span } from "./span.js";
import { count } from "./wording.js";

export interface TextOptions {
  /** Whether to use terminal colours. */
  readonly color?: boolean;
}

// the maximum number of characters in an excerpt, so that a line of megabytes stays readable
const WIDEST_EXCERPT = 120;

/**
 * Diagnostics as text: `file:line:col: message [code]`, the source line, a caret under the place, the help;
 * finally a line with their number. Empty for an empty list.
 */
export function renderText(diagnostics: readonly Diagnostic[], options: TextOptions = {}): string {
  return String(showDiagnostics(diagnostics, options));
}

/** As `renderText`, for the writer of a terminal. */
export function showDiagnostics(diagnostics: readonly Diagnostic[], { color = false }: TextOptions = {}): SafeText {
  if (diagnostics.length === 0) return safe``;
  const styles = createStyles(color);
  const blocks = diagnostics.map((diagnostic) => showOne(diagnostic, styles));
  return safe`${joinSafe(blocks, "\n")}\n${summarize(diagnostics)}\n`;
}

function showOne({ span, severity, message, code, related = [], help }: Diagnostic, styles: Styles): SafeText {
  const mark = { error: styles.red, warning: styles.yellow, info: styles.cyan }[severity];
  const label = severity === "error" ? safe`` : safe`${mark(severity)}: `;
  const lines = [
    safe`${styles.bold(formatLocation(span))}: ${label}${message} ${styles.dim(`[${code}]`)}`,
    ...excerpt(inFile(span), mark),
    ...related.map((place) => safe`  ${formatLocation(place.span)}: ${place.message}`),
    ...(help === undefined ? [] : [safe`  ${styles.cyan("help")}: ${help}`]),
  ];
  return joinSafe(lines, "\n");
}

function excerpt(span: Span, mark: Style): SafeText[] {
  const { line, column } = span.source.position(span.start);
  const text = span.source.lineText(line);
  if (text.trim() === "") return [];
  const from = Math.max(0, column - 1 - WIDEST_EXCERPT / 2);
  const shown = text.slice(from, from + WIDEST_EXCERPT);
  const before = withTabs(shown.slice(0, column - 1 - from));
  const marked = withTabs(shown.slice(column - 1 - from, column - 1 - from + Math.max(1, span.end - span.start)));
  const padding = joinSafe([...String(before)].map((character) => (character === "\t" ? TAB : " ".repeat(widthOf(character)))));
  return [safe`  ${withTabs(shown)}`, safe`  ${padding}${mark(`^${"~".repeat(Math.max(0, widthOf(String(marked)) - 1))}`)}`];
}

const TAB = safe`\t`;

/** A part of a source line; its tabs stay, so that the caret stands below its place. */
function withTabs(text: string): SafeText {
  return joinSafe(text.split("\t"), TAB);
}

/** The columns that a text takes; a tab, which is as wide as the terminal makes it, takes none. */
function widthOf(text: string): number {
  return stringWidth(text, { tabWidth: 0 });
}

function summarize(diagnostics: readonly Diagnostic[]): string {
  const parts = (["error", "warning", "info"] satisfies Severity[])
    .map((severity) => [severity, diagnostics.filter((diagnostic) => diagnostic.severity === severity).length] as const)
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => count(number, severity, severity === "info" ? "notes" : undefined));
  return parts.join(", ");
}

import { createColors } from "picocolors";
import stringWidth from "fast-string-width";
import type { Diagnostic, Severity } from "./diagnostic.js";
import { formatLocation, inFile, type Span } from "./span.js";
import { count } from "./wording.js";

export interface TextOptions {
  /** Whether to use terminal colours. */
  readonly color?: boolean;
}

type Palette = ReturnType<typeof createColors>;

// the maximum number of characters in an excerpt, so that a line of megabytes stays readable
const WIDEST_EXCERPT = 120;

/**
 * Diagnostics as text: `file:line:col: message [code]`, the source line, a caret under the place, the help;
 * finally a line with their number. Empty for an empty list.
 */
export function renderText(diagnostics: readonly Diagnostic[], options: TextOptions = {}): string {
  if (diagnostics.length === 0) return "";
  const palette = createColors(options.color ?? false);
  const blocks = diagnostics.map((diagnostic) => renderOne(diagnostic, palette));
  return `${blocks.join("\n")}\n${summarize(diagnostics)}\n`;
}

function renderOne(diagnostic: Diagnostic, palette: Palette): string {
  const mark = { error: palette.red, warning: palette.yellow, info: palette.cyan }[diagnostic.severity];
  const label = diagnostic.severity === "error" ? "" : `${mark(diagnostic.severity)}: `;
  const lines = [
    `${palette.bold(visible(formatLocation(diagnostic.span)))}: ${label}${diagnostic.message} ${palette.dim(`[${diagnostic.code}]`)}`,
    ...excerpt(inFile(diagnostic.span), mark),
  ];
  for (const place of diagnostic.related ?? []) lines.push(`  ${visible(formatLocation(place.span))}: ${place.message}`);
  if (diagnostic.help !== undefined) lines.push(`  ${palette.cyan("help")}: ${diagnostic.help}`);
  return lines.join("\n");
}

function excerpt(span: Span, mark: (text: string) => string): string[] {
  const { line, column } = span.source.position(span.start);
  const text = span.source.lineText(line);
  if (text.trim() === "") return [];
  const from = Math.max(0, column - 1 - WIDEST_EXCERPT / 2);
  const shown = text.slice(from, from + WIDEST_EXCERPT);
  const before = visible(shown.slice(0, column - 1 - from));
  const marked = visible(shown.slice(column - 1 - from, column - 1 - from + Math.max(1, span.end - span.start)));
  const padding = [...before].map((character) => (character === "\t" ? "\t" : " ".repeat(widthOf(character)))).join("");
  return [`  ${visible(shown)}`, `  ${padding}${mark(`^${"~".repeat(Math.max(0, widthOf(marked) - 1))}`)}`];
}

/** The columns that a text takes; a tab, which is as wide as the terminal makes it, takes none. */
function widthOf(text: string): number {
  return stringWidth(text, { tabWidth: 0 });
}

/** Removes control characters, which must not reach the terminal. */
function visible(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, "\ufffd");
}

function summarize(diagnostics: readonly Diagnostic[]): string {
  const parts = (["error", "warning", "info"] satisfies Severity[])
    .map((severity) => [severity, diagnostics.filter((diagnostic) => diagnostic.severity === severity).length] as const)
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => count(number, severity, severity === "info" ? "notes" : undefined));
  return parts.join(", ");
}

import stringWidth from "fast-string-width";
import { escapeControls, escapeOutput } from "./escape.js";
import { wrapLines } from "./wrap-lines.js";

/**
 * Text that may be written to a terminal: words of the program and its styles, with everything external escaped. Only the functions of
 * this folder make it, so a writer that takes nothing else lets nothing else through.
 */
export class SafeText {
  /** Only for this folder: a text that is safe already, with the sequences of styles. */
  constructor(private readonly written: string) {}

  toString(): string {
    return this.written;
  }

  /** The columns that it takes on a terminal, if it is one line. */
  get width(): number {
    return stringWidth(this.written);
  }

  /**
   * The same on lines of at most so many columns, of which all but the first begin with the indent: a terminal would begin them in its
   * first column, where they could be taken for other lines. Line breaks that it has stay.
   */
  wrap(columns: number, indent: SafePart): SafeText {
    return new SafeText(wrapLines(this.written, columns, written(indent)));
  }

  /** Without the line breaks and blanks at its end. */
  trimEnd(): SafeText {
    return new SafeText(this.written.trimEnd());
  }
}

/** What may stand between the words of `safe`: external text becomes one line without control characters. */
export type SafePart = SafeText | string | number;

/**
 * The tag of a text for a terminal: the words in the source code stay as they are, external text in it is escaped, safe text is kept.
 *
 *     terminal.err(safe`${styles.red("error")}: no file ${path}\n`)
 */
export function safe(words: TemplateStringsArray, ...parts: readonly SafePart[]): SafeText {
  return new SafeText(words.map((word, index) => `${word}${index < parts.length ? written(parts[index] as SafePart) : ""}`).join(""));
}

/** Joins parts, of which external ones are escaped. A separator may be a line break. */
export function joinSafe(parts: Iterable<SafePart>, separator: SafePart = ""): SafeText {
  return new SafeText(Array.from(parts, written).join(separator === "\n" ? "\n" : written(separator)));
}

/**
 * External text of several lines: lines after the first begin with the indent, so that none can be taken for a line of the program's own.
 * Empty lines at its end are left out.
 */
export function safeLines(text: string, indent: SafePart = "  "): SafeText {
  const begin = written(indent);
  const [first = "", ...others] = text.trimEnd().split(/\r?\n/).map(escapeControls);
  return new SafeText([first, ...others.map((line) => (line.startsWith(begin) ? line : `${begin}${line}`))].join("\n"));
}

/** A line that a command has printed. Without escapes, `raw`, it is whatever the command has printed. */
export function shownOutput(line: string, { raw = false }: { readonly raw?: boolean } = {}): SafeText {
  return new SafeText(raw ? line : escapeOutput(line.replace(/\r$/, "")));
}

function written(part: SafePart): string {
  return typeof part === "string" ? escapeControls(part) : String(part);
}

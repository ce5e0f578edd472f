import type { SourceFile } from "@imagewright/diagnostics";
import type { ScalarNode } from "../nodes.js";
import type { Lines } from "./lines.js";
import { unsupportedForm } from "./unsupported-form.js";

/**
 * Reads a literal block whose `|` or `|-` stands at a place of the current line, in a list or mapping at `column`, and goes to the next
 * line with content. White space without text is left to the library.
 */
export function readLiteral(source: SourceFile, lines: Lines, start: number, column: number): ScalarNode {
  const { text } = source;
  const header = text.slice(start, lines.end);
  if (header !== "|" && header !== "|-") unsupportedForm();
  const first = lines.next;
  const indent = lines.skipSpaces(first) - first;
  if (indent <= column || isBreak(text, first + indent)) unsupportedForm();
  const content: string[] = [];
  let [begin, used, end] = [first, 0, first];
  while (begin < text.length) {
    const next = lines.nextLine(begin);
    const line = contentOf(text, begin, lines.endOfLine(begin, next), indent);
    if (line === undefined) break;
    content.push(line);
    if (line !== "") [used, end] = [content.length, next];
    begin = next;
  }
  if (end > text.length) unsupportedForm(); // the last line has no break
  lines.advance(begin);
  return {
    kind: "scalar",
    text: `${content.slice(0, used).join("\n")}${header === "|" ? "\n" : ""}`,
    type: "string",
    span: { source, start, end },
  };
}

/** A line without its indent, empty if it is blank; undefined for one that is no part of the block. */
function contentOf(text: string, begin: number, end: number, indent: number): string | undefined {
  if (begin === end) return "";
  let at = begin;
  while (at < begin + indent && text.charCodeAt(at) === 0x20) at++;
  const next = text.charAt(at);
  if (at < begin + indent) return next === "" || next === "\t" || isBreak(text, at) ? unsupportedForm() : undefined;
  const line = text.slice(at, end);
  return (next === " " || next === "\t" || line === "") && line.trim() === "" ? unsupportedForm() : line;
}

function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x0a || code === 0x0d;
}

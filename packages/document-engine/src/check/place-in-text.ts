import type { Span } from "@imagewright/diagnostics";
import type { ScalarNode } from "@imagewright/yaml-syntax";

/**
 * The place in the source of one character of a scalar's text, by its index in the text. It is the whole scalar where the text is written
 * otherwise than it is: folded, or with escapes.
 */
export function placeInText({ text, span }: ScalarNode, offset: number): Span {
  const written = span.source.text.slice(span.start, span.end);
  const at = written.startsWith("|") ? inBlock(written, text, offset) : inLine(written, text, offset);
  return at === undefined ? span : { ...span, start: span.start + at, end: span.start + at + 1 };
}

/** In a literal block, each line of the text is the end of the line in the source. */
function inBlock(written: string, text: string, offset: number): number | undefined {
  const before = text.slice(0, offset).split("\n");
  const [column, number] = [before.at(-1)?.length ?? 0, before.length];
  const line = written.split("\n")[number]?.replace(/\r$/, "");
  const own = text.split("\n")[number - 1];
  if (line === undefined || own === undefined || !line.endsWith(own)) return undefined;
  const start = written.split("\n").slice(0, number).join("\n").length + 1;
  return start + line.length - own.length + column;
}

function inLine(written: string, text: string, offset: number): number | undefined {
  if (written === text) return offset;
  if (written === `"${text}"`) return offset + 1;
  if (written !== `'${text.replaceAll("'", "''")}'`) return undefined;
  return 1 + text.slice(0, offset).replaceAll("'", "''").length;
}

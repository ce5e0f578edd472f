import type { SourceFile } from "@imagewright/diagnostics";
import type { ValueNode } from "../nodes.js";
import { BlockReader } from "./block.js";
import { FlowReader } from "./flow.js";
import { Lines } from "./lines.js";
import { UnsupportedForm } from "./unsupported-form.js";

// what no text has, and a line break of other systems where it is not the first half of CRLF
const UNSUPPORTED_CHARACTER = /[^\P{Cc}\n\t\r]|\ufeff/u;
const LONE_RETURN = /\r(?!\n)/;

/**
 * Reads a text without faults that is written as nearly all are: lists and mappings by indent, `name:` keys, values in one line or as a
 * literal block, comments; or as JSON. Undefined for any other, which the library has to read; it takes about ten times as long.
 */
export function readCommonForm(source: SourceFile): ValueNode | undefined {
  if (UNSUPPORTED_CHARACTER.test(source.text) || (source.text.includes("\r") && LONE_RETURN.test(source.text))) return undefined;
  try {
    const lines = new Lines(source.text);
    if (source.text.charAt(lines.at) === "{") return new FlowReader(source).readRoot(lines.at);
    if (lines.column !== 0) return undefined;
    const root = new BlockReader(source, lines).read(lines.at, 0);
    return lines.isBehindLast ? root : undefined;
  } catch (thrown) {
    if (thrown instanceof UnsupportedForm) return undefined;
    throw thrown;
  }
}

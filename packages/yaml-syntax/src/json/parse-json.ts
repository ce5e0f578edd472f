import { quote, type DiagnosticCollector, type SourceFile } from "@imagewright/diagnostics";
import { JsonFault, JsonScanner } from "./json-scanner.js";

export interface JsonOptions {
  /**
   * Whether keys that are used twice in one object are reported, which takes several times as long as JSON.parse. Without it the last one
   * counts.
   */
  readonly findDuplicates: boolean;
}

/** The value of a JSON text of any depth. Reports a text that is not JSON, and returns undefined for it. */
export function parseJson(source: SourceFile, found: DiagnosticCollector, { findDuplicates }: JsonOptions): unknown {
  let value: unknown;
  try {
    value = JSON.parse(source.text.startsWith("\ufeff") ? source.text.slice(1) : source.text);
  } catch {
    reportFault(source, found);
    return undefined;
  }
  if (findDuplicates) reportDuplicates(source, found);
  return value;
}

function reportDuplicates(source: SourceFile, found: DiagnosticCollector): void {
  const scanner = new JsonScanner(source.text, {
    onDuplicate: (name, first, again) => {
      const related = [{ message: "first used here", span: { source, ...first } }];
      found.error("duplicate-key", { source, ...again }, `the key ${quote(name)} is used twice`, { related });
    },
  });
  scanner.value();
}

function reportFault(source: SourceFile, found: DiagnosticCollector): void {
  const { offset, message } = faultOf(source.text);
  const span = { source, start: offset, end: Math.min(offset + 1, source.text.length) };
  const help = helpFor(source.text, offset);
  found.error("invalid-json", span, `not valid JSON: ${message}`, help === undefined ? {} : { help });
}

function helpFor(text: string, offset: number): string | undefined {
  // UTF-16 that is read as UTF-8 has a NUL for every other character
  if (text.slice(0, 8).includes("\u0000")) return "the text looks like UTF-16; save it as UTF-8";
  if (text[offset] === "/" || text[offset] === "#") return "JSON has no comments";
  return text[offset] === "'" ? 'JSON has double quotes: "' : undefined;
}

function faultOf(text: string): JsonFault {
  try {
    const scanner = new JsonScanner(text);
    scanner.value();
    scanner.end();
  } catch (thrown) {
    if (thrown instanceof JsonFault) return thrown;
  }
  return new JsonFault(0, "the text cannot be read");
}

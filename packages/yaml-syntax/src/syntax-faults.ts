import { quote, type DiagnosticCollector, type SourceFile } from "@imagewright/diagnostics";
import type { ErrorCode, YAMLError } from "yaml";
import { templateHelp } from "./template-help.js";

export interface SyntaxFaults {
  readonly errors: readonly YAMLError[];
  readonly warnings: readonly YAMLError[];
}

/** Reports the faults that the library has found in a document, in the style of all messages. */
export function reportSyntaxFaults({ errors, warnings }: SyntaxFaults, source: SourceFile, found: DiagnosticCollector): void {
  for (const { code, message, pos } of [...errors, ...warnings.filter(isTag)]) {
    // a quote without its end is reported at the end of the text; the reader of the nodes knows where it opens
    if (/ closing .quote$/.test(message)) continue;
    // a missing end is reported after the end of the text
    const [start, end] = pos.map((offset) => Math.min(offset, source.text.length)) as [number, number];
    const span = { source, start, end };
    // a tag changes the meaning of its value, so it must not be ignored
    if (code === "TAG_RESOLVE_FAILED")
      found.error("yaml-tag", span, `the tag ${quote(source.text.slice(start, end))} is not supported; write the value without it`);
    else found.error("yaml-syntax", span, wordingOf(message), helpFor(code, message, lineAt(source.text, start)));
  }
}

function isTag({ code }: YAMLError): boolean {
  return code === "TAG_RESOLVE_FAILED";
}

function wordingOf(message: string): string {
  if (/ at node end$/.test(message)) return "unexpected text after the end of the value; put the whole value in quotes of the other kind";
  if (/^Unexpected flow-error-end/.test(message)) return 'a "[" or "{" is not closed before this line';
  const [, unexpected] = /^Unexpected [-\w]+ token in YAML stream: (.*)$/.exec(message) ?? [];
  if (unexpected !== undefined) return `unexpected ${unexpected}; nothing here is for it to open, close or separate`;
  if (/^Implicit (map )?keys need/.test(message))
    return 'this line is no "key: value"; text that continues on further lines must be indented deeper than its key';
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}`.replace(/\.$/, "");
}

const HELP: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: "indent with spaces",
  BLOCK_AS_IMPLICIT_KEY: 'a value that has ": " in it needs quotes',
};

function lineAt(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, end === -1 ? text.length : end);
}

function helpFor(code: ErrorCode, message: string, line: string): { help?: string } {
  const help = /^Invalid escape sequence/.test(message) ? "in single quotes a backslash is a backslash" : HELP[code];
  return help === undefined ? templateHelp(line, "line") : { help };
}

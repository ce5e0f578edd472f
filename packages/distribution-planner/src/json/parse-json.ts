import { quote, type DiagnosticCollector, type SourceFile } from "@imagewright/diagnostics";
import { parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import { JsonDocument, spanOf } from "./json-document.js";

// deeper than any document that these shapes allow, and far from the end of the stack
const DEEPEST = 64;

const [QUOTE, BACKSLASH, COLON, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x22, 0x5c, 0x3a, 0x7b, 0x7d, 0x5b, 0x5d];

/** What is allowed, by the parser's names of its errors. */
const EXPECTED: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a value: text in double quotes, a number, true, false, null, "{" or "["',
  InvalidNumberFormat: "a number such as 5 or -2.5",
  PropertyNameExpected: "a member name in double quotes",
  ValueExpected: "a value",
  ColonExpected: '":" after the member name',
  CommaExpected: '"," between two entries',
  CloseBraceExpected: '"}"',
  CloseBracketExpected: '"]"',
  EndOfFileExpected: "the end of the file",
  InvalidCommentToken: "JSON without comments",
  UnexpectedEndOfComment: "JSON without comments",
  UnexpectedEndOfString: "a closing quote on the same line",
  InvalidUnicode: "four hexadecimal digits after \\u",
  InvalidEscapeCharacter: 'one of " \\ / b f n r t u after a backslash',
  InvalidCharacter: "control characters in texts written as escapes, such as \\n",
};

/** Reads a JSON text. The first syntax fault is told; those after it mostly follow from it. Names that stand twice are faults too. */
export function parseJson(source: SourceFile, found: DiagnosticCollector): JsonDocument | undefined {
  // a byte order mark, as some editors leave it, is one character too, so that offsets stay right
  const text = source.text.replace(/^\ufeff/, " ");
  const { tooDeep, members } = measure(text);
  if (tooDeep !== undefined) {
    found.error("json-depth", { source, start: tooDeep, end: tooDeep + 1 }, `nested more than ${DEEPEST} deep; allowed: at most ${DEEPEST} levels of "{" and "["`);
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    reportSyntax(source, text, found);
    return undefined;
  }
  const document = new JsonDocument(source, value);
  // JSON.parse keeps the last of equal names, so that some are missing then
  if (membersIn(value) !== members) reportTwice(document, document.root, found);
  return document;
}

function reportSyntax(source: SourceFile, text: string, found: DiagnosticCollector): void {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const [first] = errors;
  const { offset, length } = first ?? { offset: 0, length: 0 };
  const allowed = first === undefined ? "JSON" : EXPECTED[printParseErrorCode(first.error)];
  found.error("json-syntax", { source, start: offset, end: offset + length }, `not JSON; allowed here: ${allowed ?? "JSON"}`);
}

function reportTwice(document: JsonDocument, node: Node, found: DiagnosticCollector): void {
  const first = new Map<unknown, Node>();
  for (const child of node.children ?? []) {
    reportTwice(document, child, found);
    const name = child.type === "property" ? child.children?.[0] : undefined;
    if (name === undefined) continue;
    const before = first.get(name.value);
    first.set(name.value, before ?? name);
    if (before === undefined) continue;
    const related = [{ message: "first written here", span: spanOf(document.source, before) }];
    found.error("member-twice", spanOf(document.source, name), `${quote(String(name.value))} stands here twice; allowed: each name once`, { related });
  }
}

/** The place of the first bracket that is too deep, and how many members all objects have: what one look at the letters tells. */
function measure(text: string): { readonly tooDeep?: number; readonly members: number } {
  let depth = 0;
  let members = 0;
  let quoted = false;
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (quoted && code === BACKSLASH) offset += 1;
    else if (code === QUOTE) quoted = !quoted;
    else if (quoted) continue;
    else if (code === COLON) members += 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    if (depth > DEEPEST) return { tooDeep: offset, members };
  }
  return { members };
}

function membersIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const entries: unknown[] = Array.isArray(value) ? value : Object.values(value);
  let members = Array.isArray(value) ? 0 : entries.length;
  for (const entry of entries) members += membersIn(entry);
  return members;
}

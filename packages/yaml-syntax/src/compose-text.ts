import type { DiagnosticCollector, SourceFile } from "@imagewright/diagnostics";
import { Composer, Lexer, Parser, type CST, type Document } from "yaml";
import { DEEPEST_NESTING, tooDeep } from "./nesting.js";
import { reportSyntaxFaults } from "./syntax-faults.js";

/**
 * Composes a text into the library's documents, two at most, and reports the faults in the syntax of the first. Keys used twice and
 * aliases are left to the reader of the nodes, which knows both places of a key and bounds the aliases.
 */
export function composeText(source: SourceFile, found: DiagnosticCollector, keepTags: boolean): Document.Parsed[] {
  // uniqueKeys compares each key with all before it, which takes minutes for a mapping of a million keys
  const composer = new Composer({ schema: "core", resolveKnownTags: false, uniqueKeys: false });
  const documents: Document.Parsed[] = [];
  for (const token of shallowTokens(source, found)) {
    documents.push(...composer.next(token));
    if (documents.length > 0) break; // the first comes out when the second has been read
  }
  documents.push(...composer.end());
  // the stream has the faults of a text without any document
  const { errors, warnings } = documents[0] ?? composer.streamInfo();
  reportSyntaxFaults({ errors, warnings: keepTags ? warnings.filter(({ message }) => !isOwnTag(message)) : warnings }, source, found);
  return documents;
}

/** Whether a warning is about a local tag such as `!Sub`, not about a tag of YAML that the core schema lacks. */
function isOwnTag(message: string): boolean {
  return message.startsWith("Unresolved tag: !");
}

/**
 * The tokens of a text up to where it is nested too deeply. The library composes tokens by recursion, and V8 ends the whole process
 * if the stack runs out while a regular expression is being compiled, so such tokens must not reach it.
 */
function* shallowTokens(source: SourceFile, found: DiagnosticCollector): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(source.text)) {
    yield* parser.next(lexeme);
    const top = parser.stack.at(-1);
    // the stack also has the document and the scalar being read
    if (top === undefined || parser.stack.length <= DEEPEST_NESTING + 2) continue;
    tooDeep(found, { source, start: top.offset, end: top.offset + 1 });
    return;
  }
  yield* parser.end();
}

import type { DiagnosticCollector, SourceFile } from "@imagewright/diagnostics";
import { Composer, Lexer, Parser, type CST, type Document } from "yaml";
import { DEEPEST_NESTING, tooDeep } from "./nesting.js";
import { reportSyntaxFaults } from "./syntax-faults.js";

/**
 * Composes a text into the library's documents, two at most, and reports the faults of their syntax. Keys used twice and aliases are
 * left to the reader of the nodes, which knows both places of a key and bounds the aliases.
 */
export function composeText(source: SourceFile, found: DiagnosticCollector): Document.Parsed[] {
  // uniqueKeys compares each key with all before it, which takes minutes for a mapping of a million keys
  const composer = new Composer({ schema: "core", resolveKnownTags: false, uniqueKeys: true });
  const documents: Document.Parsed[] = [];
  for (const token of shallowTokens(source, found)) {
    documents.push(...composer.next(token));
    if (documents.length > 1) break;
  }
  documents.push(...composer.end());
  // the stream has the faults of a text without any document
  for (const faults of [...documents, composer.streamInfo()]) reportSyntaxFaults(faults, source, found);
  return documents.slice(0, 2);
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

import { DiagnosticCollector, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import { readCommonForm } from "./common-form/read-common-form.js";
import { composeText } from "./compose-text.js";
import type { ValueNode } from "./nodes.js";
import { NodeReader } from "./read-nodes.js";
import { isSyntax, withoutFollowing } from "./following-faults.js";

export interface ParseOptions {
  /**
   * How tags such as `!Sub` are treated: each is a fault, or they are kept on their nodes for the caller. Default
   * "refuse".
   */
  readonly tags?: "refuse" | "keep";
}

export interface ParsedText {
  /** The value of the text; undefined if the text is empty or cannot be read at all. */
  readonly root: ValueNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the syntax is right. Otherwise the value is not what the author meant, and need not be checked. */
  readonly isYaml: boolean;
}

/**
 * Reads YAML 1.2 (and JSON, which is a part of it) into value nodes. Reports the faults of the text, each with its place, up to the first
 * in its syntax, and returns what could be read.
 */
export function parseYaml(source: SourceFile, options: ParseOptions = {}): ParsedText {
  const common = readCommonForm(source);
  return common === undefined ? parseAnyForm(source, options) : { root: common, diagnostics: [], isYaml: true };
}

/** The same for a text in any form, with the `yaml` library. */
export function parseAnyForm(source: SourceFile, { tags = "refuse" }: ParseOptions = {}): ParsedText {
  const found = new DiagnosticCollector();
  const root = readRoot(source, found, tags === "keep");
  const { diagnostics } = found;
  return { root, diagnostics: withoutFollowing(diagnostics), isYaml: !diagnostics.some(isSyntax) };
}

function readRoot(source: SourceFile, found: DiagnosticCollector, keepTags: boolean): ValueNode | undefined {
  const nul = source.text.indexOf("\0");
  if (nul !== -1) {
    found.error("yaml-syntax", { source, start: nul, end: nul + 1 }, "the text has a NUL byte; write it as plain UTF-8 text");
    return undefined;
  }
  const [document, second] = composeText(source, found, keepTags);
  if (second !== undefined) {
    const start = second.range[0];
    found.error(
      "yaml-several-documents",
      { source, start, end: start + 3 },
      'a second document starts here; one file holds one document, without "---" after it',
    );
  }
  return document === undefined || document.contents === null
    ? undefined
    : new NodeReader(source, found, keepTags).read(document.contents, 0);
}

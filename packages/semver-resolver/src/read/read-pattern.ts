import { DiagnosticCollector, quote } from "@imagewright/diagnostics";
import { versionError } from "../errors.js";
import { assertNodes, NODE_NAMES, type Version, type VersionNodes } from "../version.js";
import { NUMBERS_OR_WILDCARD, type Node } from "./read-node.js";
import { readNodes } from "./read-nodes.js";
import { spanOf, textOf, type Reading, type Text } from "./text.js";

/** A set of versions: those that begin with these numbers. */
export interface VersionPattern {
  /** The numbers before the first wildcard, in the order major, minor, patch, build: zero to four. */
  readonly numbers: readonly number[];
  /** As written. */
  readonly text: string;
}

/** Every version: `x.x.x`. */
export const ANY_VERSION: VersionPattern = { numbers: [], text: "x.x.x" };

/**
 * Reads a pattern: `x.x.x`, `1.x.x`, `1.2.x`, a version (`1.2.3` or `1.2.3/x`: any of its builds) or a build (`1.2.3/4`).
 * After the first wildcard only wildcards are allowed. Returns the pattern, or all faults with their places (codes `version-…`).
 * Source: guide chapter 01, "Semantic versioning".
 */
export function readPattern(text: Text): Reading<VersionPattern> {
  const span = spanOf(text, "version");
  const found = new DiagnosticCollector();
  const nodes = readNodes(span, NUMBERS_OR_WILDCARD, found);
  if (nodes === undefined) return { value: undefined, diagnostics: found.diagnostics };
  const wildcard = nodes.findIndex(({ value }) => value === "x");
  const left = wildcard === -1 ? nodes : nodes.slice(0, wildcard);
  if (wildcard !== -1) checkOrder(nodes, wildcard, textOf(span), found);
  if (found.hasErrors) return { value: undefined, diagnostics: found.diagnostics };
  return { value: { numbers: left.map(({ value }) => Number(value)), text: textOf(span) }, diagnostics: [] };
}

/** Like `readPattern`, for texts known to be valid. Throws `invalid-pattern`. */
export function parsePattern(text: string): VersionPattern {
  const { value, diagnostics } = readPattern(text);
  if (value === undefined) throw versionError("invalid-pattern", { text, diagnostics });
  return value;
}

/** Whether a version matches. A pattern with a build matches that build only. */
export function matchesPattern(pattern: VersionPattern, version: VersionNodes): boolean {
  return pattern.numbers.every((number, position) => version[NODE_NAMES[position] ?? "build"] === number);
}

/** The pattern of one version with all its builds, or of one build if the version has one. */
export function patternOf(version: Version): VersionPattern {
  const { major, minor, patch, build, text } = version;
  return { numbers: build === undefined ? [major, minor, patch] : [major, minor, patch, build], text };
}

/** The version of a pattern without wildcards; undefined for one with wildcards. */
export function versionNamedBy({ numbers, text }: VersionPattern): Version | undefined {
  assertNodes(numbers);
  const [major, minor, patch, build] = numbers;
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  return { major, minor, patch, ...(build === undefined ? {} : { build }), text: text.replace(/\/x$/, "") };
}

function checkOrder(nodes: readonly Node[], wildcard: number, text: string, found: DiagnosticCollector): void {
  const meant = nodes
    .slice(0, 3)
    .map((node, position) => (position < wildcard ? textOf(node.span) : "x"))
    .join(".");
  const first = nodes.slice(wildcard + 1).find(({ value }) => value !== "x");
  if (first === undefined) return;
  const message = `the ${first.name} number ${first.value} follows a wildcard in ${quote(text)}; after the first "x" only "x" is allowed`;
  found.error("version-wildcard-order", first.span, message, { help: `write ${quote(meant)}, or use numbers instead` });
}

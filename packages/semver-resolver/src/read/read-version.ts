import { DiagnosticCollector, quote, type Span } from "@imagewright/diagnostics";
import { versionError } from "../errors.js";
import { isSameVersion, semanticText, type Version } from "../version.js";
import { NUMBERS, type Node } from "./read-node.js";
import { readNodes } from "./read-nodes.js";
import { spanOf, textOf, type Reading, type Text } from "./text.js";

/** How to read a version. */
export interface VersionOptions {
  /** Whether a build number is optional, required or forbidden; optional by default. */
  readonly build?: "optional" | "required" | "none";
}

/**
 * Reads one version: `1.0.0`, `2021.01.01`, `1.0.0/3`. Wildcards are faults here.
 * Returns the version, or all faults with their places (codes `version-…`). Source: guide chapter 01, "Semantic versioning".
 */
export function readVersion(text: Text, { build = "optional" }: VersionOptions = {}): Reading<Version> {
  const span = spanOf(text, "version");
  const found = new DiagnosticCollector();
  const nodes = readNodes(span, NUMBERS, found);
  for (const node of nodes ?? []) {
    if (node.value === "x")
      found.error(
        "version-wildcard",
        node.span,
        `"x" matches any ${node.name} number, but a single version is required here; allowed: ${NUMBERS}`,
      );
  }
  if (nodes !== undefined) checkBuild(span, nodes, build, found);
  if (nodes === undefined || found.hasErrors) return { value: undefined, diagnostics: found.diagnostics };
  return { value: versionFrom(nodes, textOf(span)), diagnostics: [] };
}

/** Like `readVersion`, for texts known to be valid. Throws `invalid-version`. */
export function parseVersion(text: string, options: VersionOptions = {}): Version {
  const { value, diagnostics } = readVersion(text, options);
  if (value === undefined) throw versionError("invalid-version", { text, diagnostics });
  return value;
}

/**
 * Reads the version of something new: no build, since builds are numbered by the service, and not among the existing ones,
 * however it is written there (`version-exists`). Source: guide chapter 26, "Create a new version of an image recipe".
 */
export function readNewVersion(text: Text, existing: Iterable<Version>): Reading<Version> {
  const span = spanOf(text, "version");
  const reading = readVersion(span, { build: "none" });
  if (reading.value === undefined) return reading;
  for (const version of existing) {
    if (!isSameVersion(version, reading.value)) continue;
    const found = new DiagnosticCollector();
    const [spelling, written] = [reading.value.text, semanticText(version)];
    found.error(
      "version-exists",
      span,
      `version ${quote(spelling)} exists already${written === spelling ? "" : `, written ${quote(written)}`}; allowed: one that does not exist`,
    );
    return { value: undefined, diagnostics: found.diagnostics };
  }
  return reading;
}

function checkBuild(span: Span, nodes: readonly Node[], build: "optional" | "required" | "none", found: DiagnosticCollector): void {
  const node = nodes[3];
  if (build === "required" && node === undefined)
    found.error("version-build", span, `${quote(textOf(span))} has no build number; allowed: <major>.<minor>.<patch>/<build>`);
  if (build !== "none" || node === undefined) return;
  const place = { ...node.span, start: node.span.start - 1 };
  found.error("version-build", place, "a build number cannot be chosen, it is assigned; allowed: <major>.<minor>.<patch>");
}

function versionFrom(nodes: readonly Node[], text: string): Version {
  const [major = 0, minor = 0, patch = 0, build] = nodes.map(({ value }) => Number(value));
  return { major, minor, patch, ...(build === undefined ? {} : { build }), text };
}

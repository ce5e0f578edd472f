import fc from "fast-check";
import { canonicalText, MAX_NODE, type Version, type VersionNodes } from "../version.js";

/** A number of a version: mostly small, so that equal ones occur, sometimes at the limit. */
export const nodeNumber = fc.oneof({ weight: 8, arbitrary: fc.nat(3) }, fc.nat(MAX_NODE), fc.constant(MAX_NODE));

const nodes = fc.record({ major: nodeNumber, minor: nodeNumber, patch: nodeNumber });

/** A version without a build. */
export const version = nodes.map(withText);

/** A version, or one of its builds. */
export const versionOrBuild: fc.Arbitrary<Version> = fc.oneof(
  version,
  fc.record({ major: nodeNumber, minor: nodeNumber, patch: nodeNumber, build: nodeNumber }).map(withText),
);

/** The text of a pattern with any number of wildcards at its end. */
export const patternText = fc
  .array(nodeNumber, { maxLength: 4 })
  .map((numbers) => `${[0, 1, 2].map((position) => numbers[position] ?? "x").join(".")}${numbers.length === 4 ? `/${numbers[3]}` : ""}`);

function withText<Nodes extends VersionNodes>(value: Nodes): Nodes & { readonly text: string } {
  return { ...value, text: canonicalText(value) };
}

import { versionError } from "./errors.js";
import { assertNodes, canonicalText, type BuildVersion } from "./version.js";

const NODE_BITS = 30n;
const NODE_MASK = (1n << NODE_BITS) - 1n;
const LIMIT = 1n << (4n * NODE_BITS);

/**
 * The single number for a build in messages: major·2^90 + minor·2^60 + patch·2^30 + build. Numeric forms are ordered as their
 * versions are. 1.0.0/3 is 1237940039285380274899124227. Throws `number-out-of-range`. Source: guide chapter 47, the field `semver`.
 */
export function toNumericForm({ major, minor, patch, build }: BuildVersion): bigint {
  const nodes = [major, minor, patch, build];
  assertNodes(nodes);
  return nodes.reduce((form, node) => (form << NODE_BITS) | BigInt(node), 0n);
}

/**
 * The build of a numeric form, given as BigInt or as decimal digits; small values may be numbers.
 * Throws `invalid-numeric-form` outside of 0 to 2^120 - 1, and `inexact-numeric-form` for a number that may have lost digits.
 */
export function fromNumericForm(value: bigint | string | number): BuildVersion {
  if (typeof value === "number" && value > Number.MAX_SAFE_INTEGER) throw versionError("inexact-numeric-form", { value });
  const digits = String(value);
  // 2^120 has 37 digits; a longer text is rejected before the conversion
  if (!/^[0-9]{1,37}$/.test(digits) || BigInt(digits) >= LIMIT) throw versionError("invalid-numeric-form", { value: digits });
  const form = BigInt(digits);
  const node = (place: bigint): number => Number((form >> (place * NODE_BITS)) & NODE_MASK);
  const nodes = { major: node(3n), minor: node(2n), patch: node(1n), build: node(0n) };
  return { ...nodes, text: canonicalText(nodes) };
}

import { versionError } from "./errors.js";
import { isSameVersion, MAX_NODE, semanticText, withBuild, type BuildVersion, type Version, type VersionNodes } from "./version.js";

export type Bump = "major" | "minor" | "patch";

/** All bumps, the greatest first. */
export const BUMPS: readonly Bump[] = ["major", "minor", "patch"];

/**
 * The next version: the chosen number is incremented, those after it become 0, the build is dropped. A number written
 * with leading zeros keeps its width: the patch after `2021.01.09` is `2021.01.10`. Numbers are not dates: the patch after `2021.01.31`
 * is `2021.01.32`. Throws `numbers-exhausted`.
 */
export function nextVersion(version: Version, bump: Bump): Version {
  const raised = BUMPS.indexOf(bump);
  const written = semanticText(version).split(".");
  const [major = 0, minor = 0, patch = 0] = BUMPS.map((name, position) =>
    position < raised ? version[name] : position === raised ? version[name] + 1 : 0,
  );
  if (Math.max(major, minor, patch) > MAX_NODE) throw versionError("numbers-exhausted", { name: bump, version: version.text });
  const text = [major, minor, patch]
    .map((number, position) => (position < raised ? (written[position] ?? "") : inWidthOf(written[position] ?? "", number)))
    .join(".");
  return { major, minor, patch, text };
}

function inWidthOf(written: string, number: number): string {
  return String(number).padStart(written.startsWith("0") ? written.length : 1, "0");
}

/**
 * The next build of a version: one more than the highest among the existing builds of the same numbers, or 1. Other versions are ignored.
 * Gaps are not filled, so that the number of a deleted build is not reused while a later one exists.
 * Throws `numbers-exhausted`.
 */
export function nextBuild(version: Version, existing: Iterable<VersionNodes>): BuildVersion {
  let highest = 0;
  for (const other of existing) {
    if (other.build !== undefined && isSameVersion(version, other)) highest = Math.max(highest, other.build);
  }
  if (highest >= MAX_NODE) throw versionError("numbers-exhausted", { name: "build", version: `${semanticText(version)}/${highest}` });
  return withBuild(version, highest + 1);
}

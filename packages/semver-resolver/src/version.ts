import { versionError } from "./errors.js";

/** The highest value of each of the four numbers: 2^30 - 1. */
export const MAX_NODE = 2 ** 30 - 1;

/** The names of the four numbers ("nodes"), in order of significance. */
export const NODE_NAMES = ["major", "minor", "patch", "build"] as const;
export type NodeName = (typeof NODE_NAMES)[number];

/** The four numbers of `<major>.<minor>.<patch>/<build>`; `build` is absent for a version without a build. */
export interface VersionNodes {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly build?: number;
}

/** A version: its numbers, by which it is compared, and its text as written (`2021.01.01`). */
export interface Version extends VersionNodes {
  readonly text: string;
}

/** One build of a version. */
export interface BuildVersion extends Version {
  readonly build: number;
}

/**
 * Orders versions by their numbers: negative if `a` is older, positive if it is newer, 0 if the numbers are the same, however
 * they are written. A version without a build comes before its builds.
 */
export function compareVersions(a: VersionNodes, b: VersionNodes): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || (a.build ?? -1) - (b.build ?? -1);
}

/** Whether two versions are the same, ignoring builds and spelling. */
export function isSameVersion(a: VersionNodes, b: VersionNodes): boolean {
  return a.major === b.major && a.minor === b.minor && a.patch === b.patch;
}

/** The text of a version without its build, as written: `2021.01.01` of `2021.01.01/3`. */
export function semanticText(version: Version): string {
  return version.text.split("/", 1)[0] ?? "";
}

/** The shortest text of the numbers, the same for all spellings: `2021.1.1/3`. */
export function canonicalText({ major, minor, patch, build }: VersionNodes): string {
  return `${major}.${minor}.${patch}${build === undefined ? "" : `/${build}`}`;
}

/** The version with another build, or with none. Throws `number-out-of-range`. */
export function withBuild(version: Version, build: number): BuildVersion;
export function withBuild(version: Version, build: undefined): Version;
export function withBuild(version: Version, build: number | undefined): Version {
  const { major, minor, patch } = version;
  const text = semanticText(version);
  if (build === undefined) return { major, minor, patch, text };
  assertNodes([build], ["build"]);
  return { major, minor, patch, build, text: `${text}/${build}` };
}

/** Whether a value can be one of the four numbers. */
export function isNode(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_NODE;
}

/** Throws `number-out-of-range` for the first value that is not a whole number from 0 to 2^30 - 1. */
export function assertNodes(values: readonly number[], names: readonly NodeName[] = NODE_NAMES): void {
  for (const [position, value] of values.entries()) {
    if (!isNode(value)) throw versionError("number-out-of-range", { name: names[position] ?? "build", value });
  }
}

import type { VersionPattern } from "@imagewright/semver-resolver";
import type { ResourceType } from "./resource-types.js";

/**
 * How much of a version an ARN specifies: nothing (absent, or `x.x.x`), a selection of versions (`1.x.x`, `1.2.x`), one version, one build.
 * Source: guide chapter 01, "Semantic versioning".
 */
export type ArnLevel = "versionless" | "selection" | "version" | "build";

/** The place and name of a resource: its ARN without the version. */
export interface ArnParts {
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  readonly region: string;
  /** An account of 12 digits, `aws`, `aws-marketplace`, … */
  readonly owner: string;
  readonly type: ResourceType;
  readonly name: string;
}

/** An ARN `arn:<partition>:imagebuilder:<region>:<owner>:<type>/<name>[/<version>[/<build>]]`, split into its parts. */
export interface ResourceArn extends ArnParts {
  readonly level: ArnLevel;
  /** The version part, if there is one. */
  readonly pattern?: VersionPattern;
  /** As written. */
  readonly text: string;
}

/** The level of a version part, or of none. */
export function levelOf(pattern: VersionPattern | undefined): ArnLevel {
  const count = pattern?.numbers.length ?? 0;
  return count === 0 ? "versionless" : count < 3 ? "selection" : count === 3 ? "version" : "build";
}

/** The ARN of a resource without a version, the same for all its versions and builds; the `versionlessArn` of events. */
export function versionlessText({ partition, region, owner, type, name }: ArnParts): string {
  return `arn:${partition}:imagebuilder:${region}:${owner}:${type}/${name}`;
}

/** The same text for all spellings of an ARN, for use as a key: numbers without leading zeros, no version where it is `x.x.x`. */
export function canonicalArnText(arn: ResourceArn): string {
  const numbers = arn.pattern?.numbers ?? [];
  if (numbers.length === 0) return versionlessText(arn);
  const [major = "x", minor = "x", patch = "x", build] = numbers;
  return `${versionlessText(arn)}/${major}.${minor}.${patch}${build === undefined ? "" : `/${build}`}`;
}

import {
  compareVersions,
  matchesPattern,
  nextVersion,
  parseVersion,
  versionNamedBy,
  type Bump,
  type Version,
  type VersionPattern,
} from "@imagewright/semver-resolver";

const BUMPS: readonly Bump[] = ["major", "minor", "patch"];

/**
 * The version that a new recipe gets: the one that is written, or, for a pattern with wildcards, the one after the newest that matches,
 * raised at the first `x`. Where none matches, the first: 1.0.0 for `x.x.x`, 4.0.0 for `4.x.x`, 4.2.0 for `4.2.x`. Whether a written
 * version exists already is not checked. Throws `numbers-exhausted`. Source: API model, `CreateImageRecipeRequest.semanticVersion`.
 */
export function assignVersion(pattern: VersionPattern, existing: Iterable<Version>): Version {
  const written = versionNamedBy(pattern);
  if (written !== undefined) return written;
  let newest: Version | undefined;
  for (const version of existing) {
    if (matchesPattern(pattern, version) && (newest === undefined || compareVersions(version, newest) > 0)) newest = version;
  }
  const bump = BUMPS[pattern.numbers.length];
  if (newest !== undefined && bump !== undefined) return nextVersion(newest, bump);
  const [major = 1, minor = 0] = pattern.numbers;
  return parseVersion(`${major}.${minor}.0`);
}

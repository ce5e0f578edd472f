import {
  BUMPS,
  compareVersions,
  matchesPattern,
  nextVersion,
  parseVersion,
  versionNamedBy,
  type Version,
  type VersionPattern,
} from "@imagewright/semver-resolver";

/**
 * The version of a new recipe: the given one, or, for a pattern with wildcards, the newest match with the number at the first `x` raised.
 * If nothing matches, it is 1.0.0 for `x.x.x`, 4.0.0 for `4.x.x` and 4.2.0 for `4.2.x`. Does not check whether a given version exists
 * already. Throws `numbers-exhausted`. Source: API model, `CreateImageRecipeRequest.semanticVersion`.
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

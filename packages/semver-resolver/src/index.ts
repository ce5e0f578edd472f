export {
  canonicalText,
  compareVersions,
  isSameVersion,
  MAX_NODE,
  semanticText,
  withBuild,
  type BuildVersion,
  type NodeName,
  type Version,
  type VersionNodes,
} from "./version.js";
export { spanOf, textOf, within, type Reading, type Text } from "./read/text.js";
export { parseVersion, readNewVersion, readVersion, type VersionOptions } from "./read/read-version.js";
export {
  ANY_VERSION,
  matchesPattern,
  parsePattern,
  patternOf,
  readPattern,
  versionNamedBy,
  type VersionPattern,
} from "./read/read-pattern.js";
export { fromNumericForm, toNumericForm } from "./numeric-form.js";
export { BUMPS, nextBuild, nextVersion, type Bump } from "./next.js";
export { VersionIndex } from "./resolve/version-index.js";
export { selectVersion, type Selection } from "./resolve/select-version.js";
export { explainVersion, type VersionFacts } from "./explain-version.js";

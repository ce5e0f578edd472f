import { BUMPS, nextBuild, nextVersion, type Bump } from "./next.js";
import { toNumericForm } from "./numeric-form.js";
import { readVersion } from "./read/read-version.js";
import type { Reading, Text } from "./read/text.js";
import { canonicalText, MAX_NODE, withBuild, type Version } from "./version.js";

/** The facts about a version as texts, for a table or JSON. */
export interface VersionFacts {
  /** As written. */
  readonly version: string;
  /** The shortest spelling, the same for all spellings. */
  readonly canonical: string;
  /** Decimal digits; absent for a version without a build. */
  readonly numericForm?: string;
  /** The next versions and the next build; those that would exceed the highest number are left out. */
  readonly next: { readonly [Step in Bump | "build"]?: string };
}

/** Explains a version, for `ib version explain`. Returns the facts, or all faults of the text. */
export function explainVersion(text: Text): Reading<VersionFacts> {
  const { value, diagnostics } = readVersion(text);
  return value === undefined ? { value, diagnostics } : { value: factsOf(value), diagnostics: [] };
}

function factsOf(version: Version): VersionFacts {
  const { build } = version;
  const bumps = BUMPS.filter((bump) => version[bump] < MAX_NODE).map((bump) => [bump, nextVersion(version, bump).text] as const);
  return {
    version: version.text,
    canonical: canonicalText(version),
    ...(build === undefined ? {} : { numericForm: String(toNumericForm(withBuild(version, build))) }),
    next: { ...Object.fromEntries(bumps), ...(build === MAX_NODE ? {} : { build: nextBuild(version, [version]).text }) },
  };
}

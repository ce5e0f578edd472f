import { listOf, nearest, quote } from "@imagewright/diagnostics";
import type { OperationName, Tags } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../errors/api-errors.js";

/** The tag of a pipeline that says what else counts as an update, beyond what the service looks at. */
export const ALSO_BUILD_WHEN = "imagewright:also-build-when";

/** What the tag may say; several with blanks between them. */
const WORDS = ["package-sources", "downloads"] as const;
export type BuildTrigger = (typeof WORDS)[number];

/** What else counts as an update of a pipeline with these tags. */
export function buildTriggersOf(tags: Tags): ReadonlySet<BuildTrigger> {
  const words = wordsIn(tags);
  return new Set(WORDS.filter((word) => words.includes(word)));
}

/** Throws InvalidParameterValueException for a word that the tag of a pipeline cannot have. */
export function assertBuildTriggers(operation: OperationName, tags: Tags | undefined): void {
  if (tags?.[ALSO_BUILD_WHEN] === undefined) return;
  const words = wordsIn(tags);
  const unknown = words.find((word) => !(WORDS as readonly string[]).includes(word));
  if (unknown === undefined && words.length > 0) return;
  const meant = unknown === undefined ? undefined : nearest(unknown, WORDS);
  const found = unknown === undefined ? "nothing" : quote(unknown);
  const didYouMean = meant === undefined ? "" : `; did you mean ${quote(meant)}?`;
  const allowed = `allowed: ${listOf([...WORDS])}, with blanks between them`;
  throw invalidValue(operation, "tags", `the tag '${ALSO_BUILD_WHEN}' has ${found}; ${allowed}${didYouMean}`);
}

function wordsIn(tags: Tags): readonly string[] {
  return (tags[ALSO_BUILD_WHEN] ?? "").split(/\s+/).filter((word) => word !== "");
}

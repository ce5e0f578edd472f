import { DiagnosticCollector } from "@imagewright/diagnostics";
import {
  patternOf,
  readPattern,
  readVersion,
  spanOf,
  textOf,
  within,
  type Reading,
  type Text,
  type VersionPattern,
} from "@imagewright/semver-resolver";
import { rulesOf, type ResourceType } from "../arn/resource-types.js";

/** The types of resources that have versions. */
export type VersionedType = "component" | "image" | "image-recipe" | "container-recipe" | `workflow/${"build" | "test" | "distribution"}`;

/**
 * Reads the `semanticVersion` of a new resource: numbers, and for recipes also `x.x.x`, `1.x.x` and `1.2.x`, from which the service assigns
 * the next version (`assignVersion`). A build number is always assigned. Returns the pattern, or all faults with their places (codes
 * `version-…`). Source: API model, `VersionNumber` and `WildcardVersionNumber`; guide chapter 01.
 */
export function readSemanticVersion(text: Text, type: ResourceType & VersionedType): Reading<VersionPattern> {
  const span = spanOf(text, "version");
  if (rulesOf(type).depth === "build") {
    const { value, diagnostics } = readVersion(span, { build: "none" });
    return value === undefined ? { value, diagnostics } : { value: patternOf(value), diagnostics: [] };
  }
  const reading = readPattern(span);
  const slash = textOf(span).indexOf("/");
  if (slash === -1 || reading.value === undefined) return reading;
  const found = new DiagnosticCollector();
  const place = within(span, slash, span.end - span.start);
  found.error("version-build", place, `${rulesOf(type).described} has no builds; allowed: <major>.<minor>.<patch>`);
  return { value: undefined, diagnostics: found.diagnostics };
}

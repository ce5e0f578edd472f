import { parsePattern, readPattern } from "@imagewright/semver-resolver";
import type { DataReport } from "@imagewright/yaml-syntax";
import type { LifecycleScope } from "./policy.js";
import type { PolicyRequest } from "./policy-schema.js";

type Selection = PolicyRequest["resourceSelection"];

/** `resourceSelection` has recipes or tags, not both, and versions whose last numbers may be wildcards. */
export function checkScope({ recipes, tagMap }: Selection, report: DataReport): void {
  const path = ["resourceSelection"];
  if ((recipes === undefined) === (tagMap === undefined)) {
    const found = recipes === undefined ? "neither" : "both";
    report.error("one-selection", path, `${report.label(path)} must have either "recipes" or "tagMap"; found ${found}`);
  }
  for (const [position, { semanticVersion }] of (recipes ?? []).entries()) {
    const at = [...path, "recipes", position, "semanticVersion"];
    for (const { message } of readPattern(semanticVersion).diagnostics)
      report.error("invalid-version", at, `${report.label(at)}: ${message}`);
  }
}

/** The scope of a selection without faults. */
export function scopeOf({ recipes, tagMap = {} }: Selection): LifecycleScope {
  if (recipes === undefined) return { by: "tags", tagMap };
  return { by: "recipes", recipes: recipes.map(({ name, semanticVersion }) => ({ name, version: parsePattern(semanticVersion) })) };
}

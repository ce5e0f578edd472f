import { quote } from "@imagewright/diagnostics";
import type { DataReport } from "@imagewright/yaml-syntax";
import { readRecipePattern } from "../recipe-pattern.js";
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
    const reading = readRecipePattern(semanticVersion);
    const at = [...path, "recipes", position, "semanticVersion"];
    if ("problem" in reading)
      report.error("invalid-version", at, `${report.label(at)} ${reading.problem}; found ${quote(semanticVersion)}`);
  }
}

/** The scope of a selection without faults. */
export function scopeOf({ recipes, tagMap = {} }: Selection): LifecycleScope {
  if (recipes === undefined) return { by: "tags", tagMap };
  const selections = recipes.map(({ name, semanticVersion }) => ({ name, reading: readRecipePattern(semanticVersion) }));
  return {
    by: "recipes",
    recipes: selections.flatMap(({ name, reading }) => ("pattern" in reading ? { name, version: reading.pattern } : [])),
  };
}

import { quote, type Cursor } from "@imagewright/diagnostics";
import { readRecipePattern } from "../recipe-pattern.js";
import type { LifecycleScope, RecipeSelection } from "./policy.js";
import { readName, readTagMap } from "./text-limits.js";

const MOST_RECIPES = 50;

/** Reads `resourceSelection`: recipes or tags, not both. */
export function readScope(cursor: Cursor): LifecycleScope | undefined {
  if (!cursor.isObject(["recipes", "tagMap"])) return undefined;
  const [recipes, tagMap] = [cursor.member("recipes"), cursor.member("tagMap")];
  if (recipes.isAbsent === tagMap.isAbsent) {
    const found = recipes.isAbsent ? "neither" : "both";
    cursor.fault("one-selection", `${cursor.name} must have either "recipes" or "tagMap"; found ${found}`);
  }
  const tags = readTagMap(tagMap);
  const selections = recipes.items({ least: 1, most: MOST_RECIPES, what: "recipe" }).map(readRecipe);
  if (recipes.isAbsent) return { by: "tags", tagMap: tags };
  return { by: "recipes", recipes: selections.filter((recipe) => recipe !== undefined) };
}

function readRecipe(cursor: Cursor): RecipeSelection | undefined {
  if (!cursor.isObject(["name", "semanticVersion"])) return cursor.isAbsent ? cursor.must("wrong-type", "be an object") : undefined;
  const name = readName(cursor.required("name"));
  const version = cursor.required("semanticVersion");
  const text = version.text();
  if (text === undefined) return undefined;
  const reading = readRecipePattern(text);
  if ("problem" in reading) return version.fault("invalid-version", `${version.name} ${reading.problem}; found ${quote(text)}`);
  return name === undefined ? undefined : { name, version: reading.pattern };
}

import type { LifecycleImage } from "../images/image.js";
import { placeOfArn, type ImagePlace } from "./image-arn.js";

/** Images by their recipes, each recipe version and each recipe with a number from 0 on. */
export interface RecipeGroups {
  /** The recipe version of each image. */
  readonly versionOf: Int32Array;
  /** The recipe of each image. */
  readonly recipeOf: Int32Array;
  /** An image of each recipe version, by its position. */
  readonly versions: readonly number[];
  /** An image of each recipe, by its position. */
  readonly recipes: readonly number[];
}

interface Recipe {
  readonly number: number;
  readonly versions: Map<string, number>;
}

/** Groups images once, for everything that asks for it. Recipes of one name are different ones in different accounts and regions. */
export function groupByRecipe(images: readonly LifecycleImage[]): RecipeGroups {
  const groups = { versionOf: new Int32Array(images.length), recipeOf: new Int32Array(images.length), versions: [] as number[], recipes: [] as number[] };
  const places = new Map<ImagePlace, Map<string, Recipe>>();
  for (let position = 0; position < images.length; position++) {
    const { arn, recipe } = images[position] as LifecycleImage;
    const place = placeOfArn(arn);
    let recipes = places.get(place);
    if (recipes === undefined) places.set(place, (recipes = new Map()));
    let found = recipes.get(recipe.name);
    if (found === undefined) recipes.set(recipe.name, (found = { number: groups.recipes.push(position) - 1, versions: new Map() }));
    let version = found.versions.get(recipe.version);
    if (version === undefined) found.versions.set(recipe.version, (version = groups.versions.push(position) - 1));
    groups.recipeOf[position] = found.number;
    groups.versionOf[position] = version;
  }
  return groups;
}

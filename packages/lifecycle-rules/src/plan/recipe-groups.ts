import type { LifecycleImage } from "../images/image.js";
import { versionNumbers } from "../version-numbers.js";
import { placeOfArn, plainArn, shorterArn, type ImagePlace } from "./image-arn.js";

/** Images by recipe. Recipe versions and recipes are numbered from 0. */
export interface RecipeGroups {
  /** The number of the recipe version of each image. */
  readonly versionOf: Int32Array;
  readonly versions: readonly RecipeVersion[];
  readonly recipes: readonly GroupedRecipe[];
}

export interface GroupedRecipe {
  readonly number: number;
  /** The ARN of its images up to the name: recipes with the same name in different accounts and regions are different. */
  readonly arn: string;
  readonly place: ImagePlace;
  /** The numbers of its versions. */
  readonly versions: number[];
}

/** The data shared by all images of a recipe version. */
export interface RecipeVersion {
  readonly recipe: GroupedRecipe;
  readonly name: string;
  readonly numbers: readonly number[];
}

/** Groups images by recipe version and recipe. Versions are compared as numbers: `2021.01.01` is `2021.1.1`. */
export function groupByRecipe(images: readonly LifecycleImage[]): RecipeGroups {
  const versionOf = new Int32Array(images.length);
  const versions: RecipeVersion[] = [];
  const [numbers, recipes] = [new Map<string, number>(), new Map<string, GroupedRecipe>()];
  for (let position = 0; position < versionOf.length; position++) {
    const { arn, recipe } = images[position] as LifecycleImage;
    const written = shorterArn(arn);
    let number = numbers.get(written);
    if (number === undefined) {
      const plain = plainArn(written);
      number = numbers.get(plain) ?? addVersion(versions, recipeOf(recipes, shorterArn(plain)), recipe);
      numbers.set(plain, number).set(written, number);
    }
    versionOf[position] = number;
  }
  return { versionOf, versions, recipes: [...recipes.values()] };
}

function addVersion(versions: RecipeVersion[], recipe: GroupedRecipe, { name, version }: LifecycleImage["recipe"]): number {
  const number = versions.push({ recipe, name, numbers: versionNumbers(version) }) - 1;
  recipe.versions.push(number);
  return number;
}

function recipeOf(recipes: Map<string, GroupedRecipe>, arn: string): GroupedRecipe {
  const recipe = recipes.get(arn) ?? { number: recipes.size, arn, place: placeOfArn(arn), versions: [] };
  recipes.set(arn, recipe);
  return recipe;
}

import { createImageRecipe } from "./create-image-recipe.js";
import { deleteImageRecipe } from "./delete-image-recipe.js";
import { getImageRecipe } from "./get-image-recipe.js";
import { getImageRecipePolicy } from "./get-image-recipe-policy.js";
import { listImageRecipes } from "./list-image-recipes.js";
import { putImageRecipePolicy } from "./put-image-recipe-policy.js";

export const imageRecipeOperations = {
  CreateImageRecipe: createImageRecipe,
  DeleteImageRecipe: deleteImageRecipe,
  GetImageRecipe: getImageRecipe,
  GetImageRecipePolicy: getImageRecipePolicy,
  ListImageRecipes: listImageRecipes,
  PutImageRecipePolicy: putImageRecipePolicy,
};

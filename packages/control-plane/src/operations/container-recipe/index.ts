import { createContainerRecipe } from "./create-container-recipe.js";
import { deleteContainerRecipe } from "./delete-container-recipe.js";
import { getContainerRecipe } from "./get-container-recipe.js";
import { getContainerRecipePolicy } from "./get-container-recipe-policy.js";
import { listContainerRecipes } from "./list-container-recipes.js";
import { putContainerRecipePolicy } from "./put-container-recipe-policy.js";

export const containerRecipeOperations = {
  CreateContainerRecipe: createContainerRecipe,
  DeleteContainerRecipe: deleteContainerRecipe,
  GetContainerRecipe: getContainerRecipe,
  GetContainerRecipePolicy: getContainerRecipePolicy,
  ListContainerRecipes: listContainerRecipes,
  PutContainerRecipePolicy: putContainerRecipePolicy,
};

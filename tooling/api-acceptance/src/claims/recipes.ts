import { guide, model, terraform, type Claims } from "./claim.js";

export const recipeClaims = {
  "API-004": {
    says: "CreateContainerRecipe stores a version that never changes",
    sources: [model("CreateContainerRecipe"), guide(27), terraform],
  },
  "API-008": {
    says: "CreateImageRecipe stores a version that never changes",
    sources: [model("CreateImageRecipe"), guide(26), terraform],
  },
  "API-013": {
    says: "DeleteContainerRecipe removes a version, but none that a pipeline names",
    sources: [model("DeleteContainerRecipe"), guide(35)],
  },
  "API-017": {
    says: "DeleteImageRecipe removes a version, but none that a pipeline names",
    sources: [model("DeleteImageRecipe"), guide(35)],
  },
  "API-024": {
    says: "GetContainerRecipe has everything that the recipe was created with",
    sources: [model("ContainerRecipe"), terraform],
  },
  "API-030": {
    says: "GetImageRecipe has everything that the recipe was created with",
    sources: [model("ImageRecipe"), terraform],
  },
  "API-044": {
    says: "ListContainerRecipes has all versions, in pages, and of three owners only",
    sources: [model("ListContainerRecipesRequest.owner")],
  },
  "API-050": {
    says: "ListImageRecipes has all versions, in pages",
    sources: [model("ListImageRecipes")],
  },
  "API-090": {
    says: "ListImageRecipes and ListContainerRecipes have filters",
    sources: [model("ListImageRecipesRequest.filters"), model("ListContainerRecipesRequest.filters")],
  },
  "API-110": {
    says: "recipes may be created with x in their version, components and workflows may not",
    sources: [model("CreateImageRecipeRequest.semanticVersion"), model("WildcardVersionNumber")],
  },
} satisfies Claims;

export { buildImage, type BuildOutcome, type BuildRequest } from "./build-image.js";
export type { BuildEvent, Stage } from "./events.js";
export { planBuild, type BuildPlan, type PlannedBuild, type PlannedComponent } from "./plan.js";
export { readRecipe, type ReadRecipe } from "./recipe/read-recipe.js";
export type { ContainerSettings, Recipe, RecipeComponent } from "./recipe/recipe.js";
export { runAgent, type AgentComponent, type AgentRunRequest } from "./stages/agent-run.js";
export { PhaseRecords, type FailedStep } from "./stages/phase-records.js";
export { ImageStore } from "./store/image-store.js";
export type { ImageManifest, ManifestComponent, ManifestPhase } from "./store/manifest.js";

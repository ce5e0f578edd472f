export { readBuildEnd, type BuildEnd } from "./builds/build-end.js";
export { BuildFolders } from "./builds/build-folders.js";
export { discardBuild, endAbandoned } from "./builds/discard-build.js";
export { removeUnstored } from "./builds/remove-unstored.js";
export { holdBuild, loadBuild, startBuild, type HeldBuild, type Hold } from "./builds/held-build.js";
export { journalOf } from "./builds/journal-of.js";
export { serviceBuildFolders } from "./builds/service-build-folders.js";
export { listBuilds, type UnendedBuild } from "./builds/list-builds.js";
export { removeAbandoned, RESUMABLE_HOURS, type Abandoned } from "./builds/remove-abandoned.js";
export { runBuild, type BuildRun, type BuildResult } from "./builds/run-build.js";
export { readHostName, type BuildSettings, type ImageIdentity, type StoredBuild } from "./builds/stored-build.js";
export { buildsAndRuns, type BuildOrRun } from "./builds/builds-and-runs.js";
export { isDeserted } from "./builds/is-deserted.js";
export { withTemporaryRun, type TemporaryRun } from "./builds/temporary-run.js";
export { DEFAULT_WORKFLOWS, type DefaultWorkflow } from "./default-workflows/default-workflows.js";
export type { BuildEvent, Stage } from "./events.js";
export {
  BUILD_PHASES,
  TEST_PHASES,
  type BuildPlan,
  type PlannedComponent,
  type PlannedRecipe,
  type PlannedWorkflow,
} from "./plan/build-plan.js";
export type { KeptMachine } from "./kept/kept-machine.js";
export { discardKept, findKept, listKept, type DamagedKept } from "./kept/kept-machines.js";
export { checkPlanOnHost, type HostSupport } from "./plan/check-plan-on-host.js";
export { systemVariablesOf, type BuildVariables } from "./plan/system-variables.js";
export { gatherNestedDocuments, type GatheredDocuments } from "./plan/nested-documents.js";
export { planBuild, planRecipe, plannedPhases, type PlanBuildResult, type RecipeParts } from "./plan/plan-build.js";
export { typeInArn } from "./recipe/read-workflows.js";
export { DEFAULT_WORKING_DIRECTORY, readRecipe, type ReadRecipe } from "./recipe/read-recipe.js";
export type { ContainerSettings, Recipe, RecipeComponent, RecipeWorkflow } from "./recipe/recipe.js";
export { ImageStore, type Reservation } from "./store/image-store.js";
export type { ImageManifest, ManifestComponent, ManifestWorkflow } from "./store/manifest.js";
export { wasTested } from "./store/was-tested.js";
export { componentsOf } from "./workflow/components-of.js";
export { openPlannedWorkflow } from "./plan/open-planned-workflow.js";
export { imageRepository } from "./steps/name-image.js";
export type { MadeImage } from "./workflow/made-image.js";
export type { BuildOutcome, FailedBuild } from "./workflow/outcome.js";
export { logFolderOf } from "./workflow/parts.js";

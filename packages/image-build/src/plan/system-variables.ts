import type { Json } from "@imagewright/durability";
import type { WorkflowType } from "@imagewright/workflow-engine";
import type { BuildPlan } from "./build-plan.js";

const PHASES = { BUILD: "Build", TEST: "Test", DISTRIBUTION: "Distribution" } as const;

/** What of the values below `$.imagebuilder` depends on the build. */
export interface BuildVariables {
  /** The image from which the recipe starts. */
  readonly imageId: string;
  /** Left out while the image has no number. */
  readonly imageBuildNumber?: number;
  readonly terminateInstanceOnFailure: boolean;
  /** Default true. */
  readonly collectImageMetadata?: boolean;
}

/**
 * The values below `$.imagebuilder` in a workflow for a container image that is built on this machine. What only AWS has is left out, so
 * that a step that refers to it fails. Source: guide chapter 39.
 */
export function systemVariablesOf({ recipe }: Pick<BuildPlan, "recipe">, type: WorkflowType, build: BuildVariables): Record<string, Json> {
  return {
    ...{ imageId: build.imageId, terminateInstanceOnFailure: build.terminateInstanceOnFailure },
    ...(build.imageBuildNumber !== undefined && { imageBuildNumber: build.imageBuildNumber }),
    ...{ imageName: recipe.name, imageType: "DOCKER", imageVersionNumber: recipe.semanticVersion, platform: "Linux" },
    ...{ collectImageMetadata: build.collectImageMetadata ?? true, collectImageScanFindings: false },
    ...{ workflowPhase: PHASES[type], workingDirectory: recipe.workingDirectory },
  };
}

import type { Json } from "@imagewright/durability";
import type { WorkflowType } from "@imagewright/workflow-engine";
import type { StoredBuild } from "../builds/stored-build.js";

const PHASES: Readonly<Record<WorkflowType, string>> = { BUILD: "Build", TEST: "Test", DISTRIBUTION: "Distribution" };

export interface KnownOfImage {
  /** The image that was made, as the host knows it. */
  readonly image?: string | undefined;
  /** Undefined as long as it has none. */
  readonly buildVersion?: number | undefined;
}

/** The system variables of a workflow; those of AWS have no value here. Source: guide chapter 39. */
export function imageVariables(
  type: WorkflowType,
  { plan, settings }: Pick<StoredBuild, "plan" | "settings">,
  { image, buildVersion }: KnownOfImage,
): Readonly<Record<string, Json | undefined>> {
  const { name, semanticVersion, workingDirectory } = plan.recipe;
  return {
    ...{ collectImageMetadata: true, collectImageScanFindings: false },
    ...{ imageName: name, imageVersionNumber: semanticVersion, imageBuildNumber: buildVersion, imageId: image },
    ...{ imageType: "DOCKER", platform: "Linux", workflowPhase: PHASES[type], workingDirectory },
    terminateInstanceOnFailure: settings.keepOnFailure !== true,
  };
}

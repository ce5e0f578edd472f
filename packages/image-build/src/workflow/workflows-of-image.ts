import type { StoredBuild } from "../builds/stored-build.js";
import type { BuildParts } from "./parts.js";
import type { StageReporter } from "./stage-reporter.js";

/** What the workflows of one image act with. Not plain data: each process that works on the build has its own. */
export interface WorkflowsOfImage {
  readonly stored: Pick<StoredBuild, "plan" | "settings">;
  readonly parts: BuildParts;
  /** The image that build workflows start from, as the host knows it. */
  readonly parent: string;
  /** The number of the image, if it has one already. */
  readonly buildVersion: number | undefined;
  readonly stages: StageReporter;
}

import type { WorkflowType } from "@imagewright/workflow-engine";
import type { PlannedWorkflow } from "../plan/build-plan.js";
import type { Stage } from "../events.js";

/** How a step is shown among the stages of a build. */
export interface StepStage {
  readonly stage: Stage;
  readonly title: string;
}

/** Other steps of the default workflows take no time that is worth a line. */
const OF_DEFAULTS: Readonly<Record<string, StepStage>> = {
  "BUILD LaunchInstance": { stage: "launch", title: "launching a working container" },
  "BUILD ExecuteComponents": { stage: "build", title: "running the components" },
  "BUILD SanitizeInstance": { stage: "clean-up", title: "cleaning up" },
  "BUILD CollectImageMetadata": { stage: "metadata", title: "listing the packages" },
  "BUILD CreateImage": { stage: "commit", title: "creating the image" },
  "TEST ExecuteComponents": { stage: "test", title: "testing the image" },
};

/** A step of a workflow. */
interface NamedStep {
  readonly type: WorkflowType;
  readonly name: string;
  readonly action: string;
}

/** How a step of a workflow is shown; undefined if it is not. Where a recipe names several workflows, the name of each is shown as well. */
export function stageOf(
  { type, name, action }: NamedStep,
  workflow: Pick<PlannedWorkflow, "name" | "isDefault">,
  isOneOfSeveral: boolean,
): StepStage | undefined {
  if (workflow.isDefault) return OF_DEFAULTS[`${type} ${action}`];
  return { stage: isOneOfSeveral ? `${workflow.name}: ${name}` : name, title: `${name} (${action})` };
}

import { join } from "node:path";
import type { ContainerHost, MachineRef } from "@imagewright/build-hosts";
import type { HostTests, StepActionParts } from "@imagewright/step-actions";
import type { WorkflowExecution } from "@imagewright/workflow-engine";
import type { MadeImage } from "./made-image.js";
import type { BuildEvent } from "../events.js";
import type { PlannedWorkflow } from "../plan/build-plan.js";
import type { ImageStore } from "../store/image-store.js";

/** What the steps of a build act with. Not plain data: each process that works on a build has its own. */
export interface BuildParts {
  readonly host: ContainerHost;
  /** The id of the build. It owns what is made. */
  readonly build: string;
  /** The folder of the build on this machine. */
  readonly folder: string;
  /** The packed agent on this machine, for the platform of the container. */
  readonly agent: string;
  readonly store: ImageStore;
  /** Asked for a machine in which the build has failed: whether it stays. Without it, none does. */
  readonly keeps?: (machine: MachineRef) => boolean;
  /** Runs tests of components on this computer, if that is allowed. */
  readonly runHostTests?: HostTests["run"] | undefined;
  readonly tellsTopics?: StepActionParts["tellsTopics"];
  readonly onEvent: (event: BuildEvent) => void;
  /** Is told of the image that the build workflow has made; again by each process that continues the build. */
  readonly onMade?: ((made: MadeImage) => void) | undefined;
  /**
   * Is told of each change of a workflow's run; again, from its beginning, by each process that continues the build.
   */
  readonly onWorkflow?: ((execution: WorkflowExecution, workflow: PlannedWorkflow) => void) | undefined;
}

/** The folder with the logs of components, by stage. It stays when the build has ended. */
export function logFolderOf({ folder }: Pick<BuildParts, "folder">): string {
  return join(folder, "logs");
}

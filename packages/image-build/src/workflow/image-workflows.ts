import type { OciImageRef } from "@imagewright/build-hosts";
import type { Durability, Json } from "@imagewright/durability";
import {
  Instances,
  localStepActions,
  readComponentsEnd,
  readCreatedImage,
  readImageMetadata,
  type ImageMetadata,
  type PhaseRecord,
} from "@imagewright/step-actions";
import {
  runImageWorkflows,
  type StepAction,
  type StepActionRegistry,
  type StepExecution,
  type WorkflowExecution,
  type WorkflowType,
} from "@imagewright/workflow-engine";
import type { PlannedWorkflow } from "../plan/build-plan.js";
import { openPlannedWorkflow } from "../plan/open-planned-workflow.js";
import { systemVariablesOf } from "../plan/system-variables.js";
import type { ManifestWorkflow } from "../store/manifest.js";
import { failedWorkflow } from "./failed-workflow.js";
import { FailureCauses } from "./failure-causes.js";
import type { FailedBuild } from "./outcome.js";
import { stepActionParts } from "./step-action-parts.js";
import type { MadeImage } from "./made-image.js";
import type { WorkflowsOfImage } from "./workflows-of-image.js";

/** How the workflows of one type have ended. Plain data. */
export interface WorkflowsEnd {
  readonly runs: readonly WorkflowRunEnd[];
  readonly outputs: Readonly<Record<string, Json>>;
  /** The failure that ends the build; null if there is none. */
  readonly failed: FailedBuild | null;
}

interface WorkflowRunEnd {
  readonly workflow: PlannedWorkflow;
  readonly execution: WorkflowExecution;
}

/** The workflows of one image, run in a build: first the one that makes the image, then those that test and distribute it. */
export class ImageWorkflows {
  readonly #causes = new FailureCauses();
  readonly #instances: Instances;
  /** The same for all workflows: what is said once is said once for the image. */
  readonly #actions: StepActionRegistry<StepAction>;
  readonly #runs: WorkflowRunEnd[] = [];
  readonly #outputs = new Map<string, Json>();
  /** The ids of the runs that this process has told; what earlier ones have told may be lost with them. */
  readonly #told = new Set<string>();
  #image: OciImageRef | undefined;

  constructor(private readonly given: WorkflowsOfImage) {
    const { host, build: owner, agent, keeps } = given.parts;
    this.#instances = new Instances({ host, owner, agent, keeps });
    const ofThisProcess = { instances: this.#instances, image: () => this.#image };
    this.#actions = this.#causes.watch(localStepActions(stepActionParts(given, ofThisProcess)));
  }

  /** The image that the last step with CreateImage has made. */
  get image(): OciImageRef | undefined {
    return this.#image;
  }

  /** Runs the workflows of this type. Throws what an operation in a default workflow has thrown. */
  async run(durability: Durability, type: WorkflowType): Promise<WorkflowsEnd> {
    const { stored, parts, parent, stages, buildVersion } = this.given;
    const planned = stored.plan.workflows.filter((workflow) => workflow.type === type);
    const uses = new Map(planned.map((workflow) => [openPlannedWorkflow(workflow), workflow]));
    const variables = systemVariablesOf(stored.plan, type, {
      ...{ imageId: parent, terminateInstanceOnFailure: stored.settings.keepOnFailure !== true },
      ...(buildVersion !== undefined && { imageBuildNumber: buildVersion }),
      collectImageMetadata: stored.settings.collectMetadata !== false,
    });
    const runs = new Map<string, WorkflowRunEnd>();
    const { outputs, failed } = await runImageWorkflows({
      ...{ uses: [...uses.keys()], durability, earlierOutputs: this.#outputs },
      actions: this.#actions,
      variables: () => variables,
      report: (execution, use) => {
        const workflow = uses.get(use);
        if (workflow === undefined) return;
        runs.set(execution.workflowExecutionId, { workflow, execution });
        stages.report(execution, workflow);
        this.#tell(execution, workflow);
      },
    });
    const end = { runs: [...runs.values()], outputs: Object.fromEntries(outputs) };
    const workflow = failed && runs.get(failed.workflowExecutionId)?.workflow;
    return { ...end, failed: failed && workflow ? await failedWorkflow(failed, workflow, { parts, causes: this.#causes }) : null };
  }

  /** Takes over what `run` has returned, in this process or an earlier one. */
  async take({ runs, outputs }: WorkflowsEnd): Promise<void> {
    for (const { workflow, execution } of runs) {
      this.given.stages.report(execution, workflow);
      if (!this.#told.has(execution.workflowExecutionId)) this.#tell(execution, workflow);
    }
    this.#runs.push(...runs);
    for (const [name, value] of Object.entries(outputs)) this.#outputs.set(name, value);
    for (const { stepExecutionId } of this.#completed("CreateImage"))
      this.#image = (await readCreatedImage(this.given.parts.folder, stepExecutionId)) ?? this.#image;
  }

  #tell(execution: WorkflowExecution, workflow: PlannedWorkflow): void {
    this.#told.add(execution.workflowExecutionId);
    this.given.parts.onWorkflow?.(execution, workflow);
  }

  /** Takes an image that an earlier build has made. */
  use({ image, outputs }: MadeImage): void {
    this.#image = image;
    for (const [name, value] of Object.entries(outputs)) this.#outputs.set(name, value);
  }

  /** Terminates the instances that the workflows have launched and left. */
  async endInstances(durability: Durability): Promise<void> {
    await durability.step("terminate", () => this.#instances.endAll(this.#runs.map(({ execution }) => execution)));
  }

  /** What was run, for the manifest. */
  summary(): ManifestWorkflow[] {
    return this.#runs.map(({ workflow: { name, type, path, digest }, execution: { status } }) => ({
      name,
      type,
      document: path,
      digest,
      status,
    }));
  }

  /** How the phases of the components have ended. */
  async phases(): Promise<PhaseRecord[]> {
    const { folder } = this.given.parts;
    const ends = await Promise.all(this.#completed("ExecuteComponents").map((step) => readComponentsEnd(folder, step.stepExecutionId)));
    return ends.flatMap((end) => end?.phases ?? []);
  }

  /** What the last step with CollectImageMetadata has found. */
  async metadata(): Promise<ImageMetadata | undefined> {
    const step = this.#completed("CollectImageMetadata").at(-1);
    return step && readImageMetadata(this.given.parts.folder, step.stepExecutionId);
  }

  #completed(action: string): StepExecution[] {
    return this.#runs.flatMap(({ execution: { steps } }) => steps.filter((step) => step.action === action && step.status === "COMPLETED"));
  }
}

import type { ImageStatus } from "@imagewright/imagebuilder-model";
import { imageStates, workflowStates, workflowStepStates, type Api } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import { controlPlaneError } from "../errors.js";
import { changeImageState, type ImageStateChange } from "../executions/change-image-state.js";
import { lockImage } from "../executions/find-image.js";
import { imageRunOf } from "../executions/image-run.js";
import { keepChosen, type ChosenSources } from "../executions/keep-chosen.js";
import type { Recording } from "../executions/store-event.js";
import { changeStepState } from "../executions/step-executions.js";
import { storePackages } from "../executions/store-packages.js";
import { waitForAnswer } from "../executions/waiting-steps.js";
import { changeWorkflowState } from "../executions/workflow-executions.js";
import type { Services } from "../services.js";
import { appendLog } from "../logs/append-log.js";
import type { NumberedLogLine } from "../logs/image-log-line.js";
import { recordProgress, type WorkflowProgress } from "./record-progress.js";

/** How the run of an image has ended. */
export interface ImageEnd extends ImageStateChange {
  readonly status: Extract<ImageStatus, "AVAILABLE" | "FAILED" | "CANCELLED">;
  readonly packages?: readonly Api.ImagePackage[] | undefined;
}

/**
 * What the server that runs an image records of it. Each call is one transaction with its events; called again with the same, or with
 * what was true before, it changes nothing. Throws `no-such-image`, and `run-lost` once the image is run by another server or in another
 * attempt, or its creation has ended.
 */
export interface ImageRunRecord {
  /** Notes where the build is, for a server that goes on with it. */
  placeBuild(build: { readonly folder: string; readonly id: string }): Promise<void>;
  /** Keeps in the image's copy of its recipe which builds were chosen for it. */
  keepChosen(chosen: ChosenSources): Promise<void>;
  /** Brings the image to a later state of its creation. */
  reach(status: ImageStatus): Promise<void>;
  /** Records a workflow's run as far as it has come. */
  progress(progress: WorkflowProgress): Promise<void>;
  /** Notes that a step waits for SendWorkflowStepAction. */
  waitForAnswer(stepExecutionId: string): Promise<void>;
  /** Adds to the log lines of a build, in order; those that are stored are left out. */
  log(build: string, lines: readonly NumberedLogLine[]): Promise<void>;
  /** Ends the run: what of its workflows has not ended is CANCELLED. */
  end(end: ImageEnd): Promise<void>;
  /** Gives the image up, for another server to go on with. */
  release(): Promise<void>;
}

/** A run of an image: of the same server, a later attempt is another one. */
export interface OwnedRun {
  readonly arn: string;
  readonly attempt: number;
  readonly server: string;
}

export function createImageRunRecord(
  database: Kysely<Tables>,
  { arn, attempt, server }: OwnedRun,
  { services, place }: { readonly services: Services; readonly place: string },
): ImageRunRecord {
  const record = (body: (recording: Recording, image: ResourceRow) => Promise<void>) =>
    database.transaction().execute(async (transaction) => {
      const image = await lockImage(transaction, arn);
      const run = await imageRunOf(transaction, image);
      const isOwn = run.server_id === server && run.attempt === attempt;
      if (!isOwn || imageStates.hasEnded(image.status as ImageStatus)) throw controlPlaneError("run-lost", { arn });
      await body({ database: transaction, now: services.clock(), services }, image);
    });
  return {
    placeBuild: ({ folder, id }) =>
      record(async ({ database: transaction }, image) => {
        await transaction
          .updateTable("image_run")
          .set({ place, build_folder: folder, build_id: id })
          .where("image_id", "=", image.id)
          .execute();
      }),
    keepChosen: (chosen) => record((recording, image) => keepChosen(recording, image, chosen)),
    reach: (status) =>
      record(async (recording, image) => {
        const isLater = imageStates.canBecome(image.status as ImageStatus, status);
        if (isLater) await changeImageState(recording, image, status);
      }),
    progress: (progress) => record((recording, image) => recordProgress(recording, image, progress)),
    waitForAnswer: (step) => record((recording) => waitForAnswer(recording, step)),
    log: (build, lines) => record(({ database: transaction }, image) => appendLog(transaction, image.id, build, lines)),
    end: ({ status, packages, ...change }) =>
      record(async (recording, image) => {
        await cancelWhatIsLeft(recording, image);
        if (packages !== undefined) await storePackages(recording.database, arn, packages);
        await changeImageState(recording, image, status, change);
      }),
    release: () =>
      record(async ({ database: transaction }, image) => {
        await transaction.updateTable("image_run").set({ server_id: null }).where("image_id", "=", image.id).execute();
      }),
  };
}

async function cancelWhatIsLeft(recording: Recording, { id }: ResourceRow): Promise<void> {
  const { database } = recording;
  const workflows = await database.selectFrom("workflow_execution").select(["id", "status"]).where("image_id", "=", id).execute();
  for (const workflow of workflows.filter(({ status }) => !workflowStates.hasEnded(status))) {
    const steps = await database
      .selectFrom("workflow_step_execution")
      .select(["id", "status"])
      .where("execution_id", "=", workflow.id)
      .orderBy("position")
      .execute();
    for (const step of steps) if (!workflowStepStates.hasEnded(step.status)) await changeStepState(recording, step.id, { to: "CANCELLED" });
    await changeWorkflowState(recording, workflow.id, { to: "CANCELLED" });
  }
}

import type { Kysely } from "kysely";
import type { ClaimedImage, PlacedBuild } from "./claim-run.js";
import type { Tables } from "../database/tables.js";
import type { StepAnswer } from "../executions/waiting-steps.js";

/** What has been asked of the images that a server runs. */
export interface RunNews {
  /** The images whose creation is to be cancelled. */
  readonly cancelled: readonly Pick<ClaimedImage, "arn" | "attempt">[];
  /** The answers to steps that wait. */
  readonly answers: readonly (StepAnswer & { readonly stepExecutionId: string; readonly build: PlacedBuild })[];
}

/** Reads what has been asked of the images that a server runs, also what it has read before. */
export async function readRunNews(database: Kysely<Tables>, server: string): Promise<RunNews> {
  const cancelled = await database
    .selectFrom("image_run as run")
    .innerJoin("resource as image", "image.id", "run.image_id")
    .select(["image.arn", "run.attempt"])
    .where("run.server_id", "=", server)
    .where("run.cancel_requested_at", "is not", null)
    .execute();
  const answers = await database
    .selectFrom("image_run as run")
    .innerJoin("workflow_execution as execution", "execution.image_id", "run.image_id")
    .innerJoin("workflow_step_execution as step", "step.execution_id", "execution.id")
    .select(["run.build_folder", "run.build_id", "step.id", "step.answer", "step.answer_reason"])
    .where("run.server_id", "=", server)
    .where("step.status", "=", "RUNNING")
    .where("step.answer", "is not", null)
    .execute();
  return {
    cancelled,
    answers: answers.flatMap(({ build_folder: folder, build_id, id, answer, answer_reason: reason }) =>
      answer === null || folder === null || build_id === null
        ? []
        : [{ stepExecutionId: id, build: { folder, id: build_id }, action: answer, ...(reason !== null && { reason }) }],
    ),
  };
}

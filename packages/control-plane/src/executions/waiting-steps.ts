import type { EnumValue } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { WorkflowStepExecutionRow } from "../database/execution-tables.js";
import type { Tables } from "../database/tables.js";
import { controlPlaneError } from "../errors.js";
import { lockStep } from "./step-executions.js";
import { storeEvent, type Recording } from "./store-event.js";

/** What SendWorkflowStepAction said to a step that waited. */
export interface StepAnswer {
  readonly action: EnumValue<"WorkflowStepActionType">;
  readonly reason?: string;
}

/** Notes that a running step waits for an answer, with its event. One that waits, or was answered, stays as it is. */
export async function waitForAnswer(recording: Recording, id: string): Promise<void> {
  const { database } = recording;
  const { step, execution, image } = await lockStep(database, id);
  if (step.status !== "RUNNING") throw controlPlaneError("no-such-transition", { what: id, from: step.status, to: "waiting", allowed: [] });
  if (step.waiting || step.answer !== null) return;
  await database.updateTable("workflow_step_execution").set({ waiting: true }).where("id", "=", id).execute();
  const { topicArn, payload } = whoIsTold(step);
  await storeEvent(recording, {
    ...{ type: "workflow-step-execution.waiting", image, subject: id, resources: [execution.workflow_arn], topicArn },
    detail: {
      ...{ "workflow-execution-id": execution.id, "workflow-step-execution-id": id, "workflow-step-name": step.name },
      ...(payload !== undefined && { payload }),
    },
  });
}

/** The topic in the inputs that were recorded when the step began, and what it is told. Source: guide chapter 38, WaitForAction. */
function whoIsTold({ inputs }: Pick<WorkflowStepExecutionRow, "inputs">): { readonly topicArn?: string; readonly payload?: string } {
  const { snsTopicArn, payload } = inputs === null ? {} : (JSON.parse(inputs) as Readonly<Record<string, unknown>>);
  return { ...(typeof snsTopicArn === "string" && { topicArn: snsTopicArn }), ...(typeof payload === "string" && { payload }) };
}

/** The answer to a step; undefined if there is none. Throws `no-such-execution`. */
export async function answerOfStep(database: Kysely<Tables>, id: string): Promise<StepAnswer | undefined> {
  const step = await database
    .selectFrom("workflow_step_execution")
    .select(["answer", "answer_reason"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (step === undefined) throw controlPlaneError("no-such-execution", { id });
  if (step.answer === null) return undefined;
  return { action: step.answer, ...(step.answer_reason !== null && { reason: step.answer_reason }) };
}

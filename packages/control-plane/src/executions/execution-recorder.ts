import type { WorkflowExecutionStatus, WorkflowStepExecutionStatus, WorkflowStepRollbackStatus } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import type { Services } from "../services.js";
import { executionId } from "./execution-id.js";
import { addWorkflowExecution, changeWorkflowState, type NewWorkflowExecution } from "./workflow-executions.js";
import { addStepExecution, changeRollbackState, changeStepState, type NewStepExecution, type StepChange } from "./step-executions.js";
import type { Recording } from "./store-event.js";
import { answerOfStep, waitForAnswer, type StepAnswer } from "./waiting-steps.js";

/**
 * What whoever runs the workflows of an image records of them. Each call is one transaction with its events. Called again with the same,
 * it changes nothing; whoever may repeat an `add` makes the id itself. Throws `no-such-execution`, and `no-such-transition` for a state
 * that cannot follow.
 */
export interface ExecutionRecorder {
  /** A new id for a workflow (`wf`) or a step (`step`). */
  createId(kind: "wf" | "step"): string;
  /** Adds a workflow execution to an image, PENDING. Returns its id. Throws `no-such-image`. */
  addWorkflow(imageArn: string, execution: NewWorkflowExecution): Promise<string>;
  transitionWorkflow(id: string, to: WorkflowExecutionStatus, message?: string): Promise<void>;
  /** Adds a step to a workflow execution, PENDING. Returns its id. */
  addStep(workflowExecutionId: string, step: NewStepExecution): Promise<string>;
  /** Brings a step to a state, or, if it has it already, records the rest of the change. The numbers of steps of the workflow follow. */
  transitionStep(id: string, to: WorkflowStepExecutionStatus, change?: StepChange): Promise<void>;
  transitionRollback(id: string, to: WorkflowStepRollbackStatus, message?: string): Promise<void>;
  /** Notes that a running step waits for SendWorkflowStepAction. */
  waitForAnswer(id: string): Promise<void>;
  /** What SendWorkflowStepAction said to a step; undefined if it was not called. */
  answerOf(id: string): Promise<StepAnswer | undefined>;
}

export function createExecutionRecorder(database: Kysely<Tables>, services: Services): ExecutionRecorder {
  const { clock, random } = services;
  const record = <Result>(run: (recording: Recording) => Promise<Result>) =>
    database.transaction().execute((transaction) => run({ database: transaction, now: clock(), services }));
  const createId = (kind: "wf" | "step") => executionId(kind, random);
  return {
    createId,
    addWorkflow: (arn, execution) => record((recording) => addWorkflowExecution(recording, arn, { id: createId("wf"), ...execution })),
    transitionWorkflow: (id, to, message) => record((recording) => changeWorkflowState(recording, id, { to, message })),
    addStep: (execution, step) => record((recording) => addStepExecution(recording, execution, { id: createId("step"), ...step })),
    transitionStep: (id, to, change) => record((recording) => changeStepState(recording, id, { to, ...change })),
    transitionRollback: (id, to, message) => record((recording) => changeRollbackState(recording, id, { to, message })),
    waitForAnswer: (id) => record((recording) => waitForAnswer(recording, id)),
    answerOf: (id) => answerOfStep(database, id),
  };
}

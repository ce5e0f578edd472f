import type { EnumValue } from "../shapes/shape-table.js";
import { StateTable } from "./state-table.js";

export type WorkflowExecutionStatus = EnumValue<"WorkflowExecutionStatus">;
export type WorkflowStepExecutionStatus = EnumValue<"WorkflowStepExecutionStatus">;
export type WorkflowStepRollbackStatus = EnumValue<"WorkflowStepExecutionRollbackStatus">;

/**
 * The states of a workflow execution. A failed execution is rolled back; it becomes FAILED only if there is no rollback or that fails.
 * Source: API model, `WorkflowExecutionStatus`, `GetWorkflowExecutionResponse.status`; guide chapters 21 and 37.
 */
export const workflowStates = /* @__PURE__ */ new StateTable<WorkflowExecutionStatus>(
  {
    PENDING: ["RUNNING", "SKIPPED", "FAILED", "CANCELLED"],
    RUNNING: ["COMPLETED", "FAILED", "ROLLBACK_IN_PROGRESS", "CANCELLED"],
    ROLLBACK_IN_PROGRESS: ["ROLLBACK_COMPLETED", "FAILED", "CANCELLED"],
    SKIPPED: [],
    COMPLETED: [],
    FAILED: [],
    ROLLBACK_COMPLETED: [],
    CANCELLED: [],
  },
  ["PENDING"],
  ["SKIPPED", "COMPLETED", "FAILED", "ROLLBACK_COMPLETED", "CANCELLED"],
);

/** The states of one step of a workflow execution. Source: API model, `WorkflowStepExecutionStatus`; guide chapter 37. */
export const workflowStepStates = /* @__PURE__ */ new StateTable<WorkflowStepExecutionStatus>(
  {
    PENDING: ["RUNNING", "SKIPPED", "CANCELLED"],
    RUNNING: ["COMPLETED", "FAILED", "CANCELLED"],
    SKIPPED: [],
    COMPLETED: [],
    FAILED: [],
    CANCELLED: [],
  },
  ["PENDING"],
  ["SKIPPED", "COMPLETED", "FAILED", "CANCELLED"],
);

/** The states of the rollback of a step. Source: API model, `WorkflowStepExecutionRollbackStatus`. */
export const rollbackStates = /* @__PURE__ */ new StateTable<WorkflowStepRollbackStatus>(
  { RUNNING: ["COMPLETED", "FAILED"], COMPLETED: [], SKIPPED: [], FAILED: [] },
  ["RUNNING", "SKIPPED"],
  ["COMPLETED", "SKIPPED", "FAILED"],
);

import type { EnumValue } from "../shapes/shape-table.js";
import { StateTable } from "./state-table.js";

export type LifecycleExecutionStatus = EnumValue<"LifecycleExecutionStatus">;
export type LifecycleResourceStatus = EnumValue<"LifecycleExecutionResourceStatus">;

/**
 * The states of a lifecycle execution. While it is being cancelled it may still succeed or fail. Source: API model,
 * `LifecycleExecutionStatus`, `CancelLifecycleExecution`.
 */
export const lifecycleStates = /* @__PURE__ */ new StateTable<LifecycleExecutionStatus>(
  {
    PENDING: ["IN_PROGRESS", "CANCELLING", "CANCELLED", "FAILED"],
    IN_PROGRESS: ["SUCCESS", "FAILED", "CANCELLING"],
    CANCELLING: ["CANCELLED", "SUCCESS", "FAILED"],
    CANCELLED: [],
    SUCCESS: [],
    FAILED: [],
  },
  ["PENDING"],
  ["CANCELLED", "SUCCESS", "FAILED"],
);

/** The states of the action on one resource of a lifecycle execution. Source: API model, `LifecycleExecutionResourceStatus`. */
export const lifecycleResourceStates = /* @__PURE__ */ new StateTable<LifecycleResourceStatus>(
  { IN_PROGRESS: ["SUCCESS", "FAILED", "SKIPPED"], SUCCESS: [], FAILED: [], SKIPPED: [] },
  ["IN_PROGRESS", "SKIPPED"],
  ["SUCCESS", "FAILED", "SKIPPED"],
);

import type { EnumValue } from "../shapes/shape-table.js";
import { StateTable } from "./state-table.js";

export type LifecycleExecutionStatus = EnumValue<"LifecycleExecutionStatus">;
export type LifecycleResourceStatus = EnumValue<"LifecycleExecutionResourceStatus">;

/**
 * The states of a run of lifecycle actions. One that is being cancelled may still end otherwise. Source: API model,
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

/** The states of the action on one resource of such a run. Source: API model, `LifecycleExecutionResourceStatus`. */
export const lifecycleResourceStates = /* @__PURE__ */ new StateTable<LifecycleResourceStatus>(
  { IN_PROGRESS: ["SUCCESS", "FAILED", "SKIPPED"], SUCCESS: [], FAILED: [], SKIPPED: [] },
  ["IN_PROGRESS", "SKIPPED"],
  ["SUCCESS", "FAILED", "SKIPPED"],
);

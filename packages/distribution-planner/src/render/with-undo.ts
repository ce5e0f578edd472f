import type { DistributionPlan } from "../plan/plan.js";
import { planUndo, type UndoPlan } from "../plan/plan-undo.js";

/** A plan and the undo of all its operations, as `ib distribution plan --json` prints them. */
export interface PlanWithUndo extends DistributionPlan {
  readonly undo: UndoPlan;
}

/** Adds the undo of all operations to a plan. */
export function withUndo(plan: DistributionPlan): PlanWithUndo {
  return { ...plan, undo: planUndo(plan) };
}

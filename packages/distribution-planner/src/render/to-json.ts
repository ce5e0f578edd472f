import type { Plan } from "../plan/plan.js";
import { planUndo, type UndoPlan } from "../plan/plan-undo.js";

/** A plan and the way back from its end, as `ib distribution plan --json` prints them. */
export interface JsonPlan extends Plan {
  readonly undo: UndoPlan;
}

/** The plan as plain data for JSON, with the undo of all of it. */
export function toJson(plan: Plan): JsonPlan {
  return { ...plan, undo: planUndo(plan) };
}

import { countOf, timeOf } from "../errors.js";
import { ACTIONS, type Action } from "../policy/policy.js";

/** Options of a plan beyond the policy. */
export interface LifecyclePlanOptions {
  /** The date of the plan, past or future. */
  readonly at: Date;
  /** Whether counts and `retainAtLeast` count the images of each recipe version (default) or of all versions of a recipe. */
  readonly countAmong?: "recipe-version" | "recipe";
  /** How many of the newest images of each recipe, in all versions, are kept from every rule. Default 0. */
  readonly keepNewest?: number;
  /** Which images are protected: those in use, and parents of other images. Default both. */
  readonly protect?: readonly Protection[];
  /** The actions that protected images are kept from. Default all. */
  readonly protectFrom?: readonly Action[];
}

export type Protection = "in-use" | "parents";

export interface PlanSettings {
  readonly at: number;
  readonly countAmong: "recipe-version" | "recipe";
  readonly keepNewest: number;
  readonly protect: ReadonlySet<Protection>;
  readonly protectFrom: ReadonlySet<Action>;
}

/** The options with their defaults. Throws `invalid-date` and `invalid-count`. */
export function settingsOf({
  at,
  countAmong = "recipe-version",
  keepNewest = 0,
  protect = ["in-use", "parents"],
  protectFrom = ACTIONS,
}: LifecyclePlanOptions): PlanSettings {
  return {
    at: timeOf(at, "at"),
    countAmong,
    keepNewest: countOf(keepNewest, "keepNewest", 0),
    protect: new Set(protect),
    protectFrom: new Set(protectFrom),
  };
}

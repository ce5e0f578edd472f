import { countOf, timeOf } from "../errors.js";
import { ACTIONS, type Action } from "../policy/policy.js";

/** Options of a plan beyond the policy. */
export interface PlanOptions {
  /** The date of the plan: any, past or future. */
  readonly at: Date;
  /** What "the newest" of a count and of retainAtLeast are counted among: each version of a recipe (default), or all its versions. */
  readonly countAmong?: "recipe-version" | "recipe";
  /** As many of the newest images of each recipe, in all versions, are kept from every rule. Default 0. */
  readonly keepNewest?: number;
  /** Which images are protected: those in use, those that are parents of others. Default both. */
  readonly protect?: readonly Protection[];
  /** The actions that protection keeps an image from. Default all. */
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
}: PlanOptions): PlanSettings {
  return {
    at: timeOf(at, "at"),
    countAmong,
    keepNewest: countOf(keepNewest, "keepNewest", 0),
    protect: new Set(protect),
    protectFrom: new Set(protectFrom),
  };
}

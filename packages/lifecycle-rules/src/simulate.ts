import { applyPlan } from "./apply.js";
import { addPeriod, dateText, type Period } from "./calendar.js";
import { lifecycleError, timeOf } from "./errors.js";
import type { LifecycleImage } from "./images/image.js";
import { LifecyclePlan, type PlannedAction } from "./plan/lifecycle-plan.js";
import type { LifecyclePlanOptions } from "./plan/options.js";
import type { LifecyclePolicy } from "./policy/policy.js";

export interface SimulationOptions extends Omit<LifecyclePlanOptions, "at"> {
  /** The date of the first run. */
  readonly from: Date;
  /** The last possible date of a run. */
  readonly to: Date;
  /**
   * The period between runs, counted from the first: monthly runs from January 31 on are at the ends of months. Default 1 day.
   */
  readonly every?: Period;
}

/** A run that did something. */
export interface SimulatedRun {
  readonly at: Date;
  readonly actions: readonly PlannedAction[];
}

export interface Simulation {
  readonly policy: LifecyclePolicy;
  /** In chronological order; runs without actions are left out. */
  readonly timeline: readonly SimulatedRun[];
  /** The number of runs, including those without actions. */
  readonly runs: number;
  /** The remaining images, including those with a creation date after `to`. */
  readonly images: readonly LifecycleImage[];
}

const MOST_RUNS = 10_000;

/**
 * Runs a policy repeatedly, each time on the remaining images. An image takes part from its creation date on, so the list may contain
 * future builds. It is assumed that every action succeeds and that nothing else changes the images.
 *
 * Throws `invalid-date`, `invalid-count`, `invalid-range` if `to` is before `from`, and `too-many-runs` above 10,000.
 */
export function simulate(
  policy: LifecyclePolicy,
  images: readonly LifecycleImage[],
  { from, to, every = { value: 1, unit: "DAYS" }, ...options }: SimulationOptions,
): Simulation {
  const dates = datesOfRuns(timeOf(from, "from"), timeOf(to, "to"), every);
  const timeline: SimulatedRun[] = [];
  let left = images;
  for (const at of dates) {
    const plan = new LifecyclePlan(policy, left, { ...options, at });
    const actions = [...plan.actions()];
    if (actions.length === 0) continue;
    timeline.push({ at, actions });
    left = applyPlan(plan);
  }
  return { policy, timeline, runs: dates.length, images: left };
}

function datesOfRuns(from: number, to: number, { value, unit }: Period): Date[] {
  if (to < from) throw lifecycleError("invalid-range", { from: dateText(from), to: dateText(to) });
  if (!Number.isSafeInteger(value) || value < 1) throw lifecycleError("invalid-count", { what: "every.value", found: value, least: 1 });
  const dates: Date[] = [];
  for (let at = from; at <= to; at = addPeriod(from, { value: value * dates.length, unit })) {
    if (dates.length === MOST_RUNS) throw lifecycleError("too-many-runs", { most: MOST_RUNS });
    dates.push(new Date(at));
  }
  return dates;
}

import { planError } from "../errors.js";
import type { DistributionOperation } from "./operation.js";
import type { DistributionPlan } from "./plan.js";
import type { Requirement } from "./requirements.js";
import { wavesOf } from "./waves.js";

/** How many copies into one account and Region may run at once. Source: guide chapter 31, limits. */
export const MOST_COPIES = 50;

/**
 * Joins plans into one that keeps to the limit on copies: of the copies into one account and Region, each starts after the end of the copy
 * that is `mostCopies` (50) places before it. Throws `same-operation` if two plans have an operation id in common; plan them with different
 * `idPrefix`.
 */
export function joinPlans(plans: readonly DistributionPlan[], mostCopies = MOST_COPIES): DistributionPlan {
  const seen = new Set<string>();
  const ends = new Map<string, string[]>();
  const operations = plans
    .flatMap((plan) => plan.operations)
    .map((operation): DistributionOperation => {
      const { id, kind } = operation;
      if (seen.has(id)) throw planError("same-operation", { id });
      seen.add(id);
      if (kind !== "copy-ami" && kind !== "wait-for-ami") return operation;
      const place = `${operation.region} ${operation.accountId}`;
      const ended = ends.get(place) ?? [];
      ends.set(place, ended);
      // each copy is followed by the wait for it, so the number of waits so far is the number of copies so far
      if (kind === "wait-for-ami") ended.push(id);
      const earlier = kind === "copy-ami" ? ended[ended.length - mostCopies] : undefined;
      return earlier === undefined ? operation : { ...operation, dependsOn: [...operation.dependsOn, earlier] };
    });
  return {
    builds: plans.flatMap(({ builds }) => builds),
    requirements: unique(plans.flatMap(({ requirements }) => requirements)),
    operations,
    waves: wavesOf(operations),
  };
}

function unique(requirements: readonly Requirement[]): Requirement[] {
  return [...new Map(requirements.map((requirement) => [JSON.stringify(requirement), requirement])).values()];
}

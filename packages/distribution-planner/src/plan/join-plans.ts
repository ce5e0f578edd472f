import { planError } from "../errors.js";
import type { Operation } from "./operation.js";
import type { Plan } from "./plan.js";
import type { Requirement } from "./requirements.js";
import { wavesOf } from "./waves.js";

/** An account takes this many copies at once in a Region. Source: guide chapter 31, limits. */
export const MOST_COPIES = 50;

/**
 * Several plans as one that keeps the limit on copies: of the copies into one account and Region, each starts after the
 * end of the one that came 50 before it.
 * @throws same-operation where two plans have an id in common; make them with different `idPrefix`
 */
export function joinPlans(plans: readonly Plan[], mostCopies = MOST_COPIES): Plan {
  const seen = new Set<string>();
  const ends = new Map<string, string[]>();
  const operations = plans
    .flatMap((plan) => plan.operations)
    .map((operation): Operation => {
      const { id, kind } = operation;
      if (seen.has(id)) throw planError("same-operation", { id });
      seen.add(id);
      if (kind !== "copy-ami" && kind !== "wait-for-ami") return operation;
      const place = `${operation.region} ${operation.accountId}`;
      const ended = ends.get(place) ?? [];
      ends.set(place, ended);
      // the wait for a copy comes right after it, so the number of ends is the number of copies before this one
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

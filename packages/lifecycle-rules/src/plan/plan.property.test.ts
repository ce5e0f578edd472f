import type { Tags } from "@imagewright/imagebuilder-model";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  addPeriod,
  applyPlan,
  LifecyclePlan,
  type LifecycleAmi,
  type LifecyclePolicy,
  type LifecycleRule,
  type PlannedAction,
} from "../index.js";
import { exclusions, imageLists, options, requests } from "../testing/arbitrary.js";
import { policy, read } from "../testing/builders.js";

const AT = new Date("2026-07-01");
const plans = fc
  .tuple(requests, imageLists, options)
  .map(([request, list, options]) => new LifecyclePlan(policy(request), read(list), { ...options, at: AT }));

function forEachAction(check: (action: PlannedAction, rule: LifecycleRule, plan: LifecyclePlan) => void): void {
  let actions = 0;
  fc.assert(
    fc.property(plans, (plan) => {
      for (const action of plan.actions()) {
        actions += 1;
        const rule = plan.policy.rules.find((rule) => rule.action === action.decision.action);
        if (rule === undefined) throw new Error("an action without its rule");
        check(action, rule, plan);
      }
    }),
    { numRuns: 150 },
  );
  expect(actions).toBeGreaterThan(50);
}

const hasAny = (tags: Tags | undefined, wanted: Tags) => Object.entries(wanted).some(([key, value]) => tags?.[key] === value);
const mayHaveAny = (tags: Tags | undefined, wanted: Tags) => Object.keys(wanted).length > 0 && (tags === undefined || hasAny(tags, wanted));
const ids = (plan: LifecyclePlan) => [...plan.actions()].map(({ resource, decision }) => `${decision.action} ${resource.id}`);

/** Whether an exclusion is for an AMI, worked out in the plainest way. What is not known counts as excluded. */
function isExcluded({ exclusions: { tagMap, amis } }: LifecycleRule, ami: LifecycleAmi, accountId: string): boolean {
  const { lastLaunched } = amis;
  const accounts = [...(ami.sharedAccounts ?? amis.sharedAccounts), ami.accountId ?? accountId];
  return (
    mayHaveAny(ami.tags, tagMap) ||
    (amis.isPublic && ami.isPublic !== false) ||
    amis.regions.includes(ami.region) ||
    accounts.some((account) => amis.sharedAccounts.includes(account)) ||
    (lastLaunched !== undefined &&
      ami.lastLaunched !== null &&
      (ami.lastLaunched === undefined || addPeriod(ami.lastLaunched, lastLaunched) > AT.getTime())) ||
    mayHaveAny(ami.tags, amis.tagMap)
  );
}

describe("for any policy and images", () => {
  test("no action on what is younger", () => {
    forEachAction(({ image }, { filter }) => {
      expect(image.dateCreated).toBeLessThanOrEqual(AT.getTime());
      if (filter.type === "AGE") expect(addPeriod(image.dateCreated, filter.period)).toBeLessThanOrEqual(AT.getTime());
    });
  });

  test("no action on what is excluded, and no image with an excluded AMI is deleted", () => {
    forEachAction(({ image, resource, decision }, rule) => {
      expect(hasAny(image.tags, rule.exclusions.tagMap)).toBe(false);
      const excluded = image.amis.filter((ami) => isExcluded(rule, ami, image.arn.split(":")[4] ?? ""));
      const ofExcluded = excluded.flatMap(({ id, snapshots }) => [id, ...snapshots.map(({ id }) => id)]);
      expect(ofExcluded).not.toContain(resource.id);
      const snapshots = image.amis.flatMap(({ snapshots }) => snapshots);
      expect(snapshots.filter(({ tags }) => mayHaveAny(tags, rule.exclusions.tagMap)).map(({ id }) => id)).not.toContain(resource.id);
      if (decision.action === "DELETE" && resource.kind === "image") expect(excluded).toEqual([]);
    });
  });

  test("no action on what is protected", () => {
    forEachAction(({ image }, _rule, { images }) => {
      expect([...image.usedBy, ...image.amis.flatMap(({ usedBy }) => usedBy)]).toEqual([]);
      const children = images.filter(
        ({ parentImage, status, dateCreated }) => parentImage === image.arn && status !== "DELETED" && dateCreated <= AT.getTime(),
      );
      expect(children).toEqual([]);
    });
  });

  test("no action on what is out of scope or not included", () => {
    forEachAction(({ image, resource }, { include }, { policy }) => {
      const version =
        policy.scope.by === "recipes" ? policy.scope.recipes[0]?.version.text.replaceAll(".x", "").replace("x", "") : undefined;
      expect(image.recipe.name).toBe("web");
      expect(image.recipe.version.startsWith(version ?? "none")).toBe(true);
      expect({ image: true, ami: include.amis, snapshot: include.amis && include.snapshots, container: false }[resource.kind]).toBe(true);
    });
  });

  test("each resource has a decision with a reason from each rule, or a single one", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        for (const { image, resources } of plan) {
          expect(resources).toHaveLength(1 + image.amis.length + image.amis.flatMap(({ snapshots }) => snapshots).length);
          for (const { decisions } of resources) {
            expect(decisions.every(({ reason }) => reason.length > 0)).toBe(true);
            const rules = decisions.map(({ rule }) => rule);
            if (rules[0] !== undefined) expect(rules).toEqual(plan.policy.rules.map(({ action }) => action));
            else expect(decisions).toHaveLength(1);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("changes of the input", () => {
  const withExclusion = (policy: LifecyclePolicy, place: number, added: LifecycleRule["exclusions"]): LifecyclePolicy => {
    const rules = policy.rules.map((rule, nth) => {
      if (nth !== place % policy.rules.length) return rule;
      const { tagMap, amis } = rule.exclusions;
      const lastLaunched = amis.lastLaunched ?? added.amis.lastLaunched;
      return {
        ...rule,
        exclusions: {
          tagMap: { ...tagMap, ...added.tagMap },
          amis: {
            isPublic: amis.isPublic || added.amis.isPublic,
            regions: [...amis.regions, ...added.amis.regions],
            sharedAccounts: [...amis.sharedAccounts, ...added.amis.sharedAccounts],
            ...(lastLaunched === undefined ? {} : { lastLaunched }),
            tagMap: { ...amis.tagMap, ...added.amis.tagMap },
          },
        },
      };
    });
    return { ...policy, rules };
  };

  test("an added exclusion never adds an action", () => {
    let fewer = 0;
    fc.assert(
      fc.property(plans, exclusions, fc.nat(2), (plan, exclusionRules, place) => {
        const [source] = policy({
          policyDetails: [{ action: { type: "DELETE" }, filter: { type: "COUNT", value: 1 }, exclusionRules }],
        }).rules;
        if (source === undefined) throw new Error("no rule");
        const before = new Set(ids(plan));
        const after = ids(new LifecyclePlan(withExclusion(plan.policy, place, source.exclusions), plan.images, plan.options));
        expect(after.filter((id) => !before.has(id))).toEqual([]);
        if (after.length < before.size) fewer += 1;
      }),
      { numRuns: 200 },
    );
    expect(fewer).toBeGreaterThan(0);
  });

  test("protection never adds an action, and neither does keeping more", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const open = new Set(ids(new LifecyclePlan(plan.policy, plan.images, { ...plan.options, keepNewest: 0, protect: [] })));
        expect(ids(plan).filter((id) => !open.has(id))).toEqual([]);
      }),
    );
  });

  test("the order of the images does not matter", () => {
    const shuffled = plans.chain((plan) =>
      fc.tuple(fc.constant(plan), fc.shuffledSubarray([...plan.images], { minLength: plan.images.length })),
    );
    fc.assert(
      fc.property(shuffled, ([plan, images]) => {
        expect(ids(new LifecyclePlan(plan.policy, images, plan.options)).sort()).toEqual(ids(plan).sort());
      }),
    );
  });

  test("a count leaves that many usable images of each recipe version, if there were that many", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const remove = plan.policy.rules.find(({ action }) => action === "DELETE");
        if (remove === undefined || plan.options.countAmong === "recipe") return;
        const kept = remove.filter.type === "COUNT" ? remove.filter.value : remove.filter.retainAtLeast;
        const usable = (images: LifecyclePlan["images"]) => {
          const counts = new Map<string, number>();
          for (const { arn, status, dateCreated } of images) {
            const version = arn.slice(0, arn.lastIndexOf("/"));
            if (["AVAILABLE", "DEPRECATED"].includes(status) && dateCreated <= AT.getTime())
              counts.set(version, (counts.get(version) ?? 0) + 1);
          }
          return counts;
        };
        const onlyDelete = new LifecyclePlan({ ...plan.policy, rules: [remove] }, plan.images, plan.options);
        const after = usable(applyPlan(onlyDelete));
        for (const [version, before] of usable(plan.images)) expect(after.get(version) ?? 0).toBeGreaterThanOrEqual(Math.min(kept, before));
      }),
    );
  });

  test("the input is not modified", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const before = structuredClone(plan.images);
        applyPlan(plan);
        expect(plan.images).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});

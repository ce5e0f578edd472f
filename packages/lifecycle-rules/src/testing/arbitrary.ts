import fc from "fast-check";
import { imageJson, request, rule } from "./builders.js";

const TAG = fc.constantFrom({}, { keep: "yes" }, { keep: "no" }, { stage: "live" }, { keep: "yes", stage: "live" });
const REGION = fc.constantFrom("us-west-2", "eu-west-1", "ap-south-1");
const ACCOUNT = fc.constantFrom("111122223333", "444455556666", "777788889999");
const date = (from: string, to: string) =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true }).map((date) => date.toISOString());

const facts = {
  region: REGION,
  accountId: fc.option(ACCOUNT, { nil: undefined }),
  isPublic: fc.boolean(),
  sharedAccounts: fc.array(ACCOUNT, { maxLength: 2 }),
  lastLaunched: fc.option(date("2025-06-01", "2026-07-01")),
  tags: TAG,
  usedBy: fc.constantFrom([], [], [], [], [], ["template"]),
  state: fc.constantFrom("AVAILABLE", "AVAILABLE", "DEPRECATED", "DISABLED").map((status) => ({ status })),
};
// of a third of them not everything is known: the builder would fill in what is left out
const unknown = {
  accountId: undefined,
  isPublic: undefined,
  sharedAccounts: undefined,
  lastLaunched: undefined,
  tags: undefined,
  state: undefined,
};
const ami = fc.oneof(
  fc.record(facts),
  fc.record(facts),
  fc.record(facts, { requiredKeys: ["region"] }).map((known) => ({ ...unknown, ...known })),
);
const snapshotTags = fc.option(TAG, { nil: undefined, freq: 3 });

const image = fc.record({
  name: fc.constantFrom("web", "web", "web", "app"),
  version: fc.constantFrom("1.0.0", "1.1.0", "2.0.0"),
  created: fc.oneof(date("2024-01-01", "2026-09-01"), fc.constantFrom("2026-01-01", "2026-01-31")),
  status: fc.constantFrom("AVAILABLE", "AVAILABLE", "AVAILABLE", "DEPRECATED", "DISABLED", "BUILDING", "FAILED", "DELETED"),
  tags: TAG,
  usedBy: fc.constantFrom([], [], [], [], [], ["group"]),
  ami,
});

/** Lists in the form of images.json; each image has a build of its own, and some name another one as parent. */
export const imageLists = fc
  .array(fc.tuple(image, snapshotTags, fc.option(fc.nat(40), { freq: 2 })), { minLength: 6, maxLength: 12, size: "max" })
  .map((items) =>
    items.map(([item, tags, parent], build) => {
      const json = imageJson({ ...item, build, ami: { ...item.ami, snapshots: [{ snapshotId: `snap-${build}`, tags }] } });
      return parent === null || parent >= items.length
        ? json
        : { ...json, imageRecipe: { parentImage: arnOf(items[parent]?.[0], parent) } };
    }),
  );

function arnOf(item: { name: string; version: string } | undefined, build: number): string {
  return (imageJson({ ...item, build }) as { arn: string }).arn;
}

const period = fc.record({ value: fc.integer({ min: 1, max: 8 }), unit: fc.constantFrom("DAYS", "WEEKS", "MONTHS") });
const age = period.map((period) => ({ type: "AGE", ...period }));
const deleteFilter = fc.oneof(
  age,
  fc.tuple(age, fc.integer({ min: 1, max: 3 })).map(([filter, retainAtLeast]) => ({ ...filter, retainAtLeast })),
  fc.integer({ min: 1, max: 3 }).map((value) => ({ type: "COUNT", value })),
);
const include = fc.constantFrom({ amis: true, snapshots: true }, { amis: true, snapshots: true }, { amis: true }, { snapshots: true }, {});

/** One exclusion of a rule. */
export const exclusions = fc.oneof(
  fc.constant({ tagMap: { keep: "yes" } }),
  fc.constantFrom({ amis: { isPublic: true } }, { amis: { tagMap: { stage: "live" } } }),
  REGION.map((region) => ({ amis: { regions: [region] } })),
  ACCOUNT.map((account) => ({ amis: { sharedAccounts: [account] } })),
  period.map((lastLaunched) => ({ amis: { lastLaunched } })),
);

const anyRule = (type: string, filter: fc.Arbitrary<object>) =>
  fc
    .tuple(filter, include, fc.option(exclusions))
    .map(([filter, include, excluded]) => rule(type, filter, { include, exclusionRules: excluded ?? {} }));

/** Requests for policies with one to three rules. */
export const requests = fc
  .tuple(
    fc.option(anyRule("DEPRECATE", age)),
    fc.option(anyRule("DISABLE", age)),
    fc.option(anyRule("DELETE", deleteFilter), { freq: 5 }),
    fc.constantFrom("x.x.x", "1.x.x", "1.0.0"),
  )
  .map(
    ([deprecate, disable, remove, semanticVersion]) =>
      [[deprecate, disable, remove].filter((rule) => rule !== null), semanticVersion] as const,
  )
  .filter(([rules]) => rules.length > 0)
  .map(([policyDetails, semanticVersion]) =>
    request({ policyDetails, resourceSelection: { recipes: [{ name: "web", semanticVersion }] } }),
  );

export const options = fc.record(
  { countAmong: fc.constantFrom("recipe-version" as const, "recipe" as const), keepNewest: fc.nat(2) },
  { requiredKeys: [] },
);

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { LifecyclePlan, previewPlan, readImages, readPolicy } from "../index.js";
import { images as made, policy as policyOf, request, rule, rules, shown } from "../testing/builders.js";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const { images = [] } = readImages(read("images.json"));

function preview(text: string) {
  const { policy, diagnostics } = readPolicy(text);
  if (policy === undefined) throw new Error(shown(diagnostics).join("\n"));
  const { rows } = previewPlan(new LifecyclePlan(policy, images, { at: new Date("2026-11-28") }));
  return {
    warnings: shown(diagnostics),
    rows: rows.map(({ resource, rule, action, reason }) => [resource, rule, action, reason].join(" | ")),
  };
}

const withoutEffect = (position: number, action: string) =>
  `warning: "policyDetails[${position}].filter.retainAtLeast" has an effect on a "DELETE" rule only; this "${action}" rule spares no image because of it [retain-without-effect]`;

test("field case retain-three-rules: a preview of all rules, with a warning for each number that has no effect", () => {
  const { warnings, rows } = preview(read("three-rules.policy.json"));
  expect(warnings).toEqual([expect.stringContaining(withoutEffect(1, "DISABLE")), expect.stringContaining(withoutEffect(2, "DEPRECATE"))]);
  expect(rows).toMatchSnapshot();
});

test("field case retain-graduated: for each image, which rule would retain it and by which number", () => {
  const { warnings, rows } = preview(read("graduated.policy.json"));
  expect(warnings).toEqual([expect.stringContaining(withoutEffect(0, "DEPRECATE")), expect.stringContaining(withoutEffect(1, "DISABLE"))]);
  expect(rows).toMatchSnapshot();
});

describe("siblings", () => {
  const AGE = { type: "AGE", value: 6, unit: "MONTHS" };
  const faults = (changes: object) => shown(readPolicy(request(changes)).diagnostics);
  const FILTER = "policyDetails[0].filter";

  test("the number is mentioned only for an image that it would retain", () => {
    const some = made({ build: 1, created: "2026-01-01" }, { build: 2, created: "2026-01-02" });
    const policy = rules(rule("DEPRECATE", { ...AGE, retainAtLeast: 1 }));
    const plan = new LifecyclePlan(policy, some, { at: new Date("2026-12-01") });
    expect([...plan].map(({ resources }) => resources[0]?.decisions[0]?.reason)).toEqual([
      "the image is 6 months old since 2026-07-01",
      'the image is 6 months old since 2026-07-02; its place among the newest 1 of recipe "web" 1.0.0 does not count, as only "DELETE" rules retain images',
    ]);
    expect(policy.rules[0]?.filter).toEqual({
      type: "AGE",
      period: { value: 6, unit: "MONTHS" },
      retainAtLeast: 0,
      retainWithoutEffect: 1,
    });
  });

  test.each(["DEPRECATE", "DISABLE"])("an invalid number is an error on %s too", (action) => {
    for (const retainAtLeast of [0, 11])
      expect(faults({ policyDetails: [rule(action, { ...AGE, retainAtLeast })] })).toEqual([
        `${FILTER}.retainAtLeast:1:1 "${FILTER}.retainAtLeast" must be from 1 to 10; found ${retainAtLeast} [value-not-allowed]`,
      ]);
  });

  test("a COUNT rule has no retainAtLeast, whatever its action", () => {
    expect(faults({ policyDetails: [rule("DISABLE", { type: "COUNT", value: 2, retainAtLeast: 1 })] })).toEqual([
      `${FILTER}.retainAtLeast:1:1 "${FILTER}.retainAtLeast" is for rules by "AGE"; this one is by "COUNT" [age-only]`,
      `${FILTER}.type:1:1 only a "DELETE" rule can be by "COUNT"; this one is a "DISABLE" rule [count-without-delete]`,
    ]);
  });

  test("in a policy for container images it has an effect on DELETE", () => {
    const containers = rule("DELETE", { ...AGE, retainAtLeast: 3 }, { include: { containers: true } });
    expect(policyOf({ resourceType: "CONTAINER_IMAGE", policyDetails: [containers] }).rules[0]?.filter).toMatchObject({ retainAtLeast: 3 });
  });
});

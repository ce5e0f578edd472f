import { describe, expect, test } from "@jest/globals";
import { applyPlan, LifecyclePlan, PREVIEW_COLUMNS, previewPlan, previewRuns, simulate } from "./index.js";
import { decided, done, imageJson, images, policy, read, rule, rules, type ImageChanges } from "./testing/builders.js";

const AT = { at: "2026-07-01" };
const deleteAfter = (value: number, unit: string, more: object = {}) =>
  rules(rule("DELETE", { type: "AGE", value, unit, ...more }, { include: {} }));
const oneDay = deleteAfter(1, "DAYS");

describe("rules across versions", () => {
  const versions = images(
    { version: "1.0.0" },
    { version: "1.1.0", created: "2026-02-01" },
    { version: "2.0.0", created: "2026-03-01" },
    { name: "database" },
  );

  test("keep the last 2 in all versions, regardless of the rules", () => {
    expect(done(oneDay, versions, { ...AT, keepNewest: 2 })).toEqual(["DELETE web/1.0.0/1"]);
    expect(decided(oneDay, versions, { ...AT, keepNewest: 2 })[3]).toBe(
      'web/1.1.0/1 KEEP: the image is among the newest 2 of recipe "web" in any version',
    );
  });

  test("counts are per version, or across all versions of a recipe", () => {
    const counting = rules(rule("DELETE", { type: "COUNT", value: 2 }, { include: {} }));
    expect(done(counting, versions, AT)).toEqual([]);
    expect(decided(counting, versions, { ...AT, countAmong: "recipe" })[0]).toBe(
      'web/1.0.0/1 DELETE: the image is number 3 of recipe "web" in any version from the newest on, of which 2 are kept',
    );
    expect(done(deleteAfter(1, "DAYS", { retainAtLeast: 1 }), versions, { ...AT, countAmong: "recipe" })).toEqual([
      "DELETE web/1.0.0/1",
      "DELETE web/1.1.0/1",
    ]);
  });
});

describe("images in use are protected", () => {
  test.each([
    ["the image", { usedBy: ["the web group"] }],
    ["one of its AMIs", { ami: { usedBy: ["the web group"] } }],
  ])("%s", (_what, changes) => {
    expect(decided(oneDay, images(changes), AT)[0]).toBe('web/1.0.0/1 KEEP: the image is in use by "the web group"');
    expect(done(oneDay, images(changes), { ...AT, protect: [] })).toEqual(["DELETE web/1.0.0/1"]);
  });

  test("from all actions, or from the given ones", () => {
    const both = rules(rule("DEPRECATE", { type: "AGE", value: 1, unit: "DAYS" }), rule("DELETE", { type: "AGE", value: 2, unit: "DAYS" }));
    expect(done(both, images({ usedBy: ["x"] }), AT)).toEqual([]);
    expect(done(both, images({ usedBy: ["x"] }), { ...AT, protectFrom: ["DISABLE", "DELETE"] })).toEqual([
      "DEPRECATE ami-web-1",
      "DEPRECATE web/1.0.0/1",
    ]);
  });
});

describe("images that are parents of others are protected", () => {
  const BASE = "arn:aws:imagebuilder:us-west-2:111122223333:image/web";
  const child = (parentImage: string, more: object = {}) => ({ name: "app", imageRecipe: { parentImage }, ...more });
  const parents = images({ build: 1 }, { build: 2, created: "2026-01-02" }, { version: "2.0.0", created: "2026-01-03" });
  const keptBy = (...children: ImageChanges[]) => {
    const all = [...parents, ...images(...children)];
    return decided(oneDay, all, AT).flatMap((line) => /^(web\/\S+) KEEP: the image is the parent of/.exec(line)?.slice(1) ?? []);
  };

  test.each([
    ["a build", `${BASE}/1.0.0/1`, ["web/1.0.0/1"]],
    ["a build, written differently", `${BASE}/01.00.0/01`, ["web/1.0.0/1"]],
    ["an AMI", "ami-web-2", ["web/1.0.0/2"]],
    ["a version: its newest build", `${BASE}/1.0.0`, ["web/1.0.0/2"]],
    ["a version with any build", `${BASE}/1.0.0/x`, ["web/1.0.0/2"]],
    ["a wildcard: the newest that matches", `${BASE}/1.x.x`, ["web/1.0.0/2"]],
    ["any version", `${BASE}/x.x.x`, ["web/2.0.0/1"]],
    ["no version", BASE, ["web/2.0.0/1"]],
    ["another name", `${BASE}-2/x.x.x`, []],
    ["another account", `${BASE.replace("1111", "9999")}/x.x.x`, []],
    ["something else", "ssm:/my/image", []],
  ])("named by %s", (_what, parentImage, expected) => {
    expect(keptBy(child(parentImage))).toEqual(expected);
  });

  test.each(["2021.1.1/1", "2021.01.01/01", "2021.1.1", "2021.01.x"])(
    "versions are compared as numbers: 2021.01.01/1 is kept for %s",
    (version) => {
      expect(done(oneDay, images({ version: "2021.01.01" }, child(`${BASE}/${version}`)), AT)).toEqual([]);
    },
  );

  test("the reason names a child", () => {
    expect(decided(oneDay, [...parents, ...images(child(`${BASE}/2.0.0/1`))], AT)[6]).toBe(
      'web/2.0.0/1 KEEP: the image is the parent of "app/1.0.0/1"',
    );
  });

  test("of container images too", () => {
    const containers = (uri: string, name: string, more: object = {}) => ({
      ...imageJson({ name }),
      type: "DOCKER",
      outputResources: { containers: [{ region: "us-west-2", imageUris: [uri] }] },
      ...more,
    });
    const of = read([containers("repo/web:1", "web"), containers("repo/app:1", "app", { containerRecipe: { parentImage: "repo/web:1" } })]);
    expect(
      done(
        policy({ resourceType: "CONTAINER_IMAGE", policyDetails: [rule("DELETE", { type: "COUNT", value: 1 }, { include: {} })] }),
        of,
        AT,
      ),
    ).toEqual([]);
    const byAge = policy({
      resourceType: "CONTAINER_IMAGE",
      policyDetails: [rule("DELETE", { type: "AGE", value: 1, unit: "DAYS" }, { include: {} })],
    });
    expect(done(byAge, of, AT)).toEqual([]);
    expect(done(byAge, of, { ...AT, protect: ["in-use"] })).toEqual(["DELETE web/1.0.0/1"]);
  });

  test.each([
    ["is deleted", { status: "DELETED" }],
    ["does not exist yet", { created: "2026-07-02" }],
  ])("not by a child that %s", (_what, more) => {
    expect(keptBy(child(`${BASE}/1.0.0/1`, more))).toEqual([]);
  });

  test("a wildcard does not select a disabled image", () => {
    const of = images({ version: "1.0.0" }, { version: "2.0.0", status: "DISABLED" }, child(`${BASE}/x.x.x`));
    expect(done(oneDay, of, AT)).toEqual(["DELETE web/2.0.0/1"]);
  });
});

describe("a preview at any date", () => {
  test("images that are created later are kept, and do not count", () => {
    const counting = rules(rule("DELETE", { type: "COUNT", value: 1 }, { include: {} }));
    const of = images({ build: 1 }, { build: 2, created: "2026-03-01T12:00:00Z" });
    expect(decided(counting, of, { at: "2026-02-01" }).filter((line) => line.includes("/"))).toEqual([
      'web/1.0.0/1 KEEP: the image is among the newest 1 of recipe "web" 1.0.0',
      "web/1.0.0/2 KEEP: the image is created on 2026-03-01T12:00:00Z, after the date of the plan",
    ]);
    expect(done(counting, of, { at: "2027-01-01" })).toEqual(["DELETE web/1.0.0/1"]);
  });

  test("as rows for a table", () => {
    const three = rules(
      rule("DEPRECATE", { type: "AGE", value: 1, unit: "MONTHS" }),
      rule("DELETE", { type: "AGE", value: 6, unit: "MONTHS" }),
    );
    const of = images(
      { ami: { accountId: "444455556666" } },
      { build: 2, created: "2026-06-30" },
      { build: 3, status: "DEPRECATED", created: "2026-06-01" },
      { name: "database" },
    );
    const plan = new LifecyclePlan(three, of, { at: new Date("2026-07-01") });
    const { rows, summary, notes } = previewPlan(plan);
    const role = '(needs the role "Ec2ImageBuilderCrossAccountLifecycleAccess" in the account "444455556666")';
    expect(
      rows.map(({ image, kind, resource, region, action, rule, reason }) =>
        [image, kind, resource, region, action, rule, reason].join("|"),
      ),
    ).toEqual([
      "web 1.0.0/1|image|web 1.0.0/1|us-west-2|deprecate|DEPRECATE|the image is 1 month old since 2026-02-01",
      "web 1.0.0/1|image|web 1.0.0/1|us-west-2|delete|DELETE|the image is 6 months old since 2026-07-01",
      `web 1.0.0/1|ami|ami-web-1|us-west-2|deprecate|DEPRECATE|the image is 1 month old since 2026-02-01 ${role}`,
      `web 1.0.0/1|ami|ami-web-1|us-west-2|delete|DELETE|the image is 6 months old since 2026-07-01 ${role}`,
      `web 1.0.0/1|snapshot|snap-web-1|us-west-2|delete|DELETE|the image is 6 months old since 2026-07-01 ${role}`,
      "web 1.0.0/2|image|web 1.0.0/2|us-west-2|keep|DEPRECATE|the image is younger than 1 month until 2026-07-30",
      "web 1.0.0/2|ami|ami-web-2|us-west-2|keep|DEPRECATE|the image is younger than 1 month until 2026-07-30",
      "web 1.0.0/2|snapshot|snap-web-2|us-west-2|keep|DEPRECATE|the image is younger than 1 month until 2026-07-30",
      "web 1.0.0/3|image|web 1.0.0/3|us-west-2|keep|DELETE|the image is younger than 6 months until 2026-12-01",
      "web 1.0.0/3|ami|ami-web-3|us-west-2|keep|DELETE|the image is younger than 6 months until 2026-12-01",
      "web 1.0.0/3|snapshot|snap-web-3|us-west-2|keep|DELETE|the image is younger than 6 months until 2026-12-01",
      "database 1.0.0/1|image|database 1.0.0/1|us-west-2|keep||the policy does not select the image by its recipe",
      "database 1.0.0/1|ami|ami-database-1|us-west-2|keep||the policy does not select the image by its recipe",
      "database 1.0.0/1|snapshot|snap-database-1|us-west-2|keep||the policy does not select the image by its recipe",
    ]);
    expect([summary, notes]).toEqual(["on 2026-07-01: 2 to deprecate, 0 to disable, 3 to delete, 9 kept; of 4 images, 1 is touched", []]);
    const actionsOnly = previewPlan(plan, { kept: false });
    expect([actionsOnly.rows, actionsOnly.summary]).toEqual([rows.slice(0, 5), summary]);
  });

  test("it shows why one rule acts and another does not, and counts kept resources", () => {
    const filter = (value: number) => ({ type: "AGE", value, unit: "MONTHS" });
    const three = rules(
      rule("DEPRECATE", filter(1)),
      rule("DISABLE", filter(8)),
      rule("DELETE", filter(2), { include: {}, exclusionRules: { tagMap: { keep: "yes" } } }),
    );
    const plan = new LifecyclePlan(
      three,
      images({ tags: { keep: "yes" } }, { build: 2, status: "DEPRECATED" }, { build: 3, usedBy: ["x"] }),
      { at: new Date("2026-07-01") },
    );
    const { rows, summary } = previewPlan(plan);
    const [excluded, younger] = [
      'the image has the tag "keep": "yes", which the rule excludes',
      "the image is younger than 8 months until 2026-09-01",
    ];
    expect(rows.map(({ resource, action, rule, reason }) => [resource, action, rule, reason].join("|"))).toEqual([
      "web 1.0.0/1|deprecate|DEPRECATE|the image is 1 month old since 2026-02-01",
      `web 1.0.0/1|keep|DISABLE|${younger}`,
      `web 1.0.0/1|keep|DELETE|${excluded}`,
      "ami-web-1|deprecate|DEPRECATE|the image is 1 month old since 2026-02-01",
      `ami-web-1|keep|DISABLE|${younger}`,
      `ami-web-1|keep|DELETE|${excluded}`,
      `snap-web-1|keep|DISABLE|${younger}`,
      `snap-web-1|keep|DELETE|${excluded}`,
      "web 1.0.0/2|delete|DELETE|the image is 2 months old since 2026-03-01",
      `ami-web-2|keep|DISABLE|${younger}`,
      `snap-web-2|keep|DISABLE|${younger}`,
      ...["web 1.0.0/3", "ami-web-3", "snap-web-3"].flatMap((resource) =>
        ["DEPRECATE", "DELETE"].map((rule) => `${resource}|keep|${rule}|the image is in use by "x"`),
      ),
    ]);
    expect(summary).toBe("on 2026-07-01: 2 to deprecate, 0 to disable, 1 to delete, 6 kept; of 3 images, 2 are touched");
    expect(PREVIEW_COLUMNS.map(([, title]) => title)).toEqual(["IMAGE", "RESOURCE", "REGION", "ACTION", "RULE", "REASON"]);
  });

  test("mentions that a policy is disabled, as does a simulation", () => {
    const simulation = simulate(policy({ status: "DISABLED" }), [], { from: new Date("2026-07-01"), to: new Date("2026-07-01") });
    expect(previewRuns(simulation)).toEqual({
      rows: [],
      summary: "of 1 run, 0 have actions",
      notes: ["the policy is disabled; these are its actions if it were enabled"],
    });
    const plan = new LifecyclePlan(policy({ status: "DISABLED" }), [], { at: new Date("2026-07-01") });
    expect(previewPlan(plan)).toEqual({
      rows: [],
      summary: "on 2026-07-01: 0 to deprecate, 0 to disable, 0 to delete, 0 kept; of 0 images, 0 are touched",
      notes: ["the policy is disabled; these are its actions if it were enabled"],
    });
  });
});

describe("a simulation of a policy over time", () => {
  const three = rules(
    rule("DEPRECATE", { type: "AGE", value: 1, unit: "MONTHS" }),
    rule("DISABLE", { type: "AGE", value: 2, unit: "MONTHS" }),
    rule("DELETE", { type: "AGE", value: 3, unit: "MONTHS", retainAtLeast: 1 }),
  );
  const days = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });

  test("each action is done once, by the first run at which it is due", () => {
    const simulation = simulate(three, images({ build: 1 }, { build: 2, created: "2026-01-10" }), { ...days("2026-01-01", "2026-12-31") });
    const { rows, summary, notes } = previewRuns(simulation);
    expect([summary, notes]).toEqual(["of 365 runs, 5 have actions", []]);
    expect(rows.map(({ date, action, resource }) => `${date} ${action} ${resource}`)).toEqual([
      "2026-02-01 deprecate ami-web-1", "2026-02-01 deprecate web 1.0.0/1", "2026-02-10 deprecate ami-web-2", "2026-02-10 deprecate web 1.0.0/2",
      "2026-03-01 disable ami-web-1", "2026-03-01 disable web 1.0.0/1", "2026-03-10 disable ami-web-2", "2026-03-10 disable web 1.0.0/2",
      "2026-04-01 delete ami-web-1", "2026-04-01 delete snap-web-1", "2026-04-01 delete web 1.0.0/1",
    ]); // prettier-ignore
    expect(simulation.images.map(({ arn, status, amis }) => [arn.slice(-11), status, amis[0]?.status])).toEqual([
      ["web/1.0.0/2", "DISABLED", "DISABLED"],
    ]);
  });

  test("future builds take part from their date on", () => {
    const keepTwo = rules(rule("DELETE", { type: "COUNT", value: 2 }, { include: {} }));
    const builds = images(...[1, 2, 3, 4, 5].map((build) => ({ build, created: `2026-0${build}-15` })));
    const { timeline, images: left } = simulate(keepTwo, builds, {
      ...days("2026-01-31", "2026-04-30"),
      every: { value: 1, unit: "MONTHS" },
    });
    expect(timeline.map(({ at, actions }) => [at.toISOString().slice(0, 10), actions.map(({ image }) => image.arn.slice(-1))])).toEqual([
      ["2026-03-31", ["1"]],
      ["2026-04-30", ["2"]],
    ]);
    expect(left.map(({ arn }) => arn.slice(-1))).toEqual(["3", "4", "5"]);
  });

  test("a parent is no longer protected when its last child is deleted", () => {
    const of = images(
      { build: 1 },
      { name: "web", version: "2.0.0", created: "2026-01-05", imageRecipe: { parentImage: "ami-web-1" }, ami: { image: "ami-child" } },
    );
    const { timeline } = simulate(deleteAfter(10, "DAYS"), of, days("2026-01-01", "2026-02-01"));
    expect(
      timeline.map(({ at, actions }) => [at.toISOString().slice(0, 10), actions.map(({ resource }) => resource.id.slice(-11))]),
    ).toEqual([
      ["2026-01-15", ["web/2.0.0/1"]],
      ["2026-01-16", ["web/1.0.0/1"]],
    ]);
  });

  test("after a plan is applied, a plan for the same day has no actions", () => {
    const plan = new LifecyclePlan(three, images({}, { build: 2, created: "2026-05-01" }, { build: 3, created: "2026-06-30" }), {
      at: new Date("2026-07-01"),
    });
    const again = new LifecyclePlan(three, applyPlan(plan), { at: new Date("2026-07-01") });
    expect([[...plan.actions()].length, [...again.actions()].length]).toEqual([11, 0]);
    expect(plan.images).toHaveLength(3);
  });

  test("excluded AMIs and their image stay, other AMIs of it are deleted", () => {
    const regional = rules(
      rule(
        "DELETE",
        { type: "AGE", value: 1, unit: "DAYS" },
        { exclusionRules: { amis: { regions: ["eu-west-1"] }, tagMap: { keep: "yes" } } },
      ),
    );
    const image = imageJson();
    const of = read([
      {
        ...image,
        outputResources: {
          amis: ["us-west-2", "eu-west-1"].map((region) => ({
            region,
            image: `ami-${region}`,
            tags: {},
            snapshots: [{ snapshotId: `snap-${region}`, tags: {} }],
          })),
        },
      },
    ]);
    expect(
      applyPlan(new LifecyclePlan(regional, of, { at: new Date("2026-07-01") })).map(({ amis }) =>
        amis.map(({ id, snapshots }) => [id, snapshots.length]),
      ),
    ).toEqual([[["ami-eu-west-1", 1]]]);
  });

  test.each([
    [days("2026-01-02", "2026-01-01"), "a simulation cannot end before it starts; found a start at 2026-01-02 and an end at 2026-01-01"],
    [days("no", "2026-01-01"), '"from" must be a valid date'],
    [days("2000-01-01", "2040-01-01"), "the simulation would run the policy more than 10000 times"],
    [
      { ...days("2026-01-01", "2026-01-02"), every: { value: 0, unit: "DAYS" as const } },
      '"every.value" must be a whole number from 1; found 0',
    ],
  ])("%j is rejected", (options, message) => {
    expect(() => simulate(three, [], options)).toThrow(message);
  });
});

test("the JSON of a plan has the reasons", () => {
  const plan = new LifecyclePlan(oneDay, images({ ami: { accountId: "444455556666" } }), { at: new Date("2026-07-01") });
  const old = { action: "DELETE", rule: "DELETE", code: "age", reason: "the image is 1 day old since 2026-01-02" };
  expect(JSON.parse(JSON.stringify(plan.imageAt(0).resources.map(({ decisions }) => decisions[0])))).toEqual([
    old,
    { action: "KEEP", rule: "DELETE", code: "not-included", reason: "the rule does not include AMIs" },
    { action: "KEEP", rule: "DELETE", code: "not-included", reason: "the rule does not include snapshots" },
  ]);
  const including = rules(rule("DELETE", { type: "AGE", value: 1, unit: "DAYS" }));
  const [, ami] = new LifecyclePlan(including, plan.images, plan.options).imageAt(0).resources;
  const needs = 'the role "Ec2ImageBuilderCrossAccountLifecycleAccess" in the account "444455556666"';
  expect(JSON.parse(JSON.stringify(ami?.decisions))).toEqual([{ ...old, needs }]);
});

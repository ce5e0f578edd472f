import { describe, expect, test } from "@jest/globals";
import { ARN, Scene } from "../../testing/scene.js";

const scene = new Scene();
const rule = (type: string, more: object = {}) => ({ action: { type }, filter: { type: "AGE", value: 6, unit: "MONTHS" }, ...more });
const recipes = [{ name: "Web", semanticVersion: "1.x.x" }];
const settings = (more: object = {}) => ({
  ...{ executionRole: "lifecycle", resourceType: "AMI_IMAGE", policyDetails: [rule("DELETE")], resourceSelection: { recipes } },
  ...more,
});
const policy = (name: string, more: object = {}) => ({ name, ...settings(more) });
const arnOf = (name: string) => `${ARN}lifecycle-policy/${name}`;
const createdAt = new Date("2026-11-29T10:00:00.000Z");
const get = async (name: string) => (await scene.call("GetLifecyclePolicy", { lifecyclePolicyArn: arnOf(name) })).lifecyclePolicy;
const update = (name: string, more: object = {}) =>
  scene.call("UpdateLifecyclePolicy", { ...settings(more), lifecyclePolicyArn: arnOf(name) });

describe("a lifecycle policy", () => {
  const arn = arnOf("old-images");
  const all = {
    ...{ description: "ages", status: "DISABLED", executionRole: "arn:aws:iam::123456789012:role/lifecycle" },
    policyDetails: [
      rule("DEPRECATE", {
        action: { type: "DEPRECATE", includeResources: { amis: true } },
        filter: { type: "AGE", value: 3, unit: "MONTHS" },
      }),
      rule("DELETE", { exclusionRules: { tagMap: { keep: "yes" }, amis: { isPublic: true, lastLaunched: { value: 30, unit: "DAYS" } } } }),
    ],
    resourceSelection: { tagMap: { team: "web" } },
  };
  const common = { arn, name: "Old Images", resourceType: "AMI_IMAGE", dateCreated: createdAt };

  test("is created, enabled", async () => {
    const tags = { team: "a" };
    expect(await scene.call("CreateLifecyclePolicy", policy("Old Images", { tags, clientToken: "t1" }))).toEqual({
      clientToken: "t1",
      lifecyclePolicyArn: arn,
    });
    expect(await get("old-images")).toEqual({
      ...{
        ...common,
        status: "ENABLED",
        executionRole: "lifecycle",
        policyDetails: [rule("DELETE")],
        resourceSelection: { recipes },
        tags,
      },
    });
  });

  test("is replaced by an update, which enables it if no status is given", async () => {
    scene.now += 60_000;
    expect(await update("old-images", all)).toEqual({ lifecyclePolicyArn: arn });
    const dateUpdated = new Date("2026-11-29T10:01:00.000Z");
    expect(await get("old-images")).toEqual({ ...common, ...all, dateUpdated, tags: { team: "a" } });
    await update("old-images");
    expect(await get("old-images")).toEqual({
      ...{ ...common, status: "ENABLED", executionRole: "lifecycle", policyDetails: [rule("DELETE")], resourceSelection: { recipes } },
      ...{ dateUpdated, tags: { team: "a" } },
    });
    scene.now -= 60_000;
  });

  test("is deleted", async () => {
    expect(await scene.call("DeleteLifecyclePolicy", { lifecyclePolicyArn: arn })).toEqual({ lifecyclePolicyArn: arn });
    expect(await scene.refused("GetLifecyclePolicy", { lifecyclePolicyArn: arn })).toBe(
      `ResourceNotFoundException: Resource of type 'LifecyclePolicy' with identifier '${arn}' cannot be found.`,
    );
  });
});

test("lists have pages and filters", async () => {
  for (const name of ["two", "one", "three"]) await scene.call("CreateLifecyclePolicy", policy(name));
  const containers = { status: "DISABLED", resourceType: "CONTAINER_IMAGE", description: "containers" };
  await scene.call("CreateLifecyclePolicy", policy("Boxes", containers));
  const names = async (input: object) => {
    const { lifecyclePolicySummaryList = [], nextToken } = await scene.call("ListLifecyclePolicies", input);
    return { nextToken, names: lifecyclePolicySummaryList.map(({ name }) => name) };
  };
  const first = await names({ maxResults: 3 });
  expect(first.names).toEqual(["Boxes", "one", "three"]);
  expect(await names({ maxResults: 3, nextToken: first.nextToken })).toEqual({ names: ["two"] });
  for (const filter of [
    { name: "name", values: ["Boxes"] },
    { name: "status", values: ["DISABLED"] },
    { name: "resourceType", values: ["CONTAINER_IMAGE"] },
  ])
    expect((await scene.call("ListLifecyclePolicies", { filters: [filter] })).lifecyclePolicySummaryList).toEqual([
      { arn: arnOf("boxes"), name: "Boxes", ...containers, executionRole: "lifecycle", dateCreated: createdAt, tags: {} },
    ]);
});

describe("refused", () => {
  const create = (more: object) => ["CreateLifecyclePolicy", policy("refused", more)] as const;
  const value = (parameter: string, reason: string) =>
    `InvalidParameterValueException: The value supplied for parameter '${parameter}' is not valid. ${reason}`;
  const missing = `ResourceNotFoundException: Resource of type 'LifecyclePolicy' with identifier '${arnOf("no")}' cannot be found.`;
  test.each([
    [
      "a name that exists",
      ["CreateLifecyclePolicy", policy("ONE")],
      `ResourceAlreadyExistsException: The following resource 'LifecyclePolicy' already exists: '${arnOf("one")}'.`,
    ],
    [
      "two rules of an action",
      create({ policyDetails: [rule("DELETE"), rule("DELETE")] }),
      value("policyDetails[1].action.type", 'a policy has at most one "DELETE" rule.'),
    ],
    [
      "an age without a unit",
      create({ policyDetails: [rule("DELETE", { filter: { type: "AGE", value: 6 } })] }),
      value("policyDetails[0].filter", '"policyDetails[0].filter" must have "unit", as its type is "AGE".'),
    ],
    [
      "a count that deprecates",
      create({ policyDetails: [rule("DEPRECATE", { filter: { type: "COUNT", value: 6 } })] }),
      value("policyDetails[0].filter.type", 'only a "DELETE" rule can be by "COUNT"; this one is a "DEPRECATE" rule; use the type "AGE".'),
    ],
    [
      "containers that are disabled",
      create({ resourceType: "CONTAINER_IMAGE", policyDetails: [rule("DISABLE")] }),
      value("policyDetails[0].action.type", 'a policy for container images has only a "DELETE" rule; found "DISABLE".'),
    ],
    [
      "recipes and tags",
      create({ resourceSelection: { recipes, tagMap: { a: "b" } } }),
      value("resourceSelection", '"resourceSelection" must have either "recipes" or "tagMap"; found both.'),
    ],
    [
      "neither",
      create({ resourceSelection: {} }),
      value("resourceSelection", '"resourceSelection" must have either "recipes" or "tagMap"; found neither.'),
    ],
    [
      "a wildcard before a number",
      create({ resourceSelection: { recipes: [{ name: "web", semanticVersion: "x.1.0" }] } }),
      value("resourceSelection.recipes[0].semanticVersion", '"resourceSelection.recipes[0].semanticVersion": '),
    ],
    [
      "51 recipes",
      create({ resourceSelection: { recipes: Array.from({ length: 51 }, () => recipes[0]) } }),
      value("resourceSelection.recipes", '"resourceSelection.recipes" must have at most 50 items; found 51.'),
    ],
    [
      "four rules",
      create({ policyDetails: ["DELETE", "DEPRECATE", "DISABLE", "DELETE"].map((type) => rule(type)) }),
      value("policyDetails", '"policyDetails" must have at most 3 items; found 4.'),
    ],
    ["a dry run", create({ dryRun: true }), "DryRunOperationException: The request would have succeeded, but the dry run flag is set."],
    [
      "another type",
      ["UpdateLifecyclePolicy", { ...settings({ resourceType: "CONTAINER_IMAGE" }), lifecyclePolicyArn: arnOf("one") }],
      value("resourceType", "the policy is for 'AMI_IMAGE', which cannot be changed; found 'CONTAINER_IMAGE'."),
    ],
    ["a missing policy to be updated", ["UpdateLifecyclePolicy", { ...settings(), lifecyclePolicyArn: arnOf("no") }], missing],
    ["a missing policy to be deleted", ["DeleteLifecyclePolicy", { lifecyclePolicyArn: arnOf("no") }], missing],
    [
      "an unknown filter",
      ["ListLifecyclePolicies", { filters: [{ name: "Status", values: ["ENABLED"] }] }],
      value("filters", 'unknown filter "Status"; allowed: '),
    ],
  ] as const)("%s", async (_, [operation, input], expected) => {
    expect((await scene.refused(operation, input)).slice(0, expected.length)).toBe(expected);
  });
});

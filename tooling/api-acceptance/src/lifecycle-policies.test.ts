import { paginateListLifecyclePolicies } from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "@jest/globals";
import { makeLifecyclePolicy } from "./support/make.js";
import { entries } from "./support/pages.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const get = async (lifecyclePolicyArn: string) => (await api.getLifecyclePolicy({ lifecyclePolicyArn })).lifecyclePolicy;
const listed = (name: string, more: { name: string; values: string[] }[] = []) =>
  entries(paginateListLifecyclePolicies, { filters: [{ name: "name", values: [name] }, ...more] }, "lifecyclePolicySummaryList");

const count = { type: "COUNT" as const, value: 3 };
const age = { type: "AGE" as const, value: 6, unit: "MONTHS" as const };
const EVERYTHING = {
  description: "old images go",
  executionRole: "arn:aws:iam::123456789012:role/lifecycle",
  resourceType: "AMI_IMAGE" as const,
  policyDetails: [
    { action: { type: "DEPRECATE" as const, includeResources: { amis: true } }, filter: age },
    {
      action: { type: "DELETE" as const, includeResources: { amis: true, snapshots: true } },
      filter: { ...age, value: 12, retainAtLeast: 2 },
      exclusionRules: {
        tagMap: { keep: "yes" },
        amis: { isPublic: true, regions: ["eu-west-1"], lastLaunched: { value: 1, unit: "WEEKS" as const } },
      },
    },
  ],
  resourceSelection: { recipes: [{ name: "web", semanticVersion: "1.0.0" }] },
};

describe("lifecycle policies", () => {
  prove("API-010", async () => {
    const name = uniqueName("policy");
    const arn = await makeLifecyclePolicy({ name });
    expect(arn).toBe(await arnOf(`lifecycle-policy/${name}`));
    expect((await get(arn))?.status).toBe("ENABLED");
    await refused(makeLifecyclePolicy({ name }), "ResourceAlreadyExistsException", MESSAGES.exists("LifecyclePolicy", arn));
  });

  prove("API-034", async () => {
    const name = uniqueName("policy");
    const arn = await makeLifecyclePolicy({ name, ...EVERYTHING, status: "DISABLED", tags: { team: "web" } });
    const found = await get(arn);
    expect(found).toMatchObject({ arn, name, ...EVERYTHING, status: "DISABLED", tags: { team: "web" }, dateCreated: expect.any(Date) });
    expect(found?.dateLastRun).toBeUndefined();
  });

  prove("API-057", async () => {
    const name = uniqueName("policy");
    await makeLifecyclePolicy({ name, ...EVERYTHING, tags: { team: "web" } });
    const { description, executionRole, resourceType } = EVERYTHING;
    expect(await listed(name)).toEqual([
      expect.objectContaining({ name, description, executionRole, resourceType, status: "ENABLED", tags: { team: "web" } }),
    ]);
  });

  prove("API-092", async () => {
    const name = uniqueName("policy");
    await makeLifecyclePolicy({ name });
    for (const [filter, value, other] of [
      ["status", "ENABLED", "DISABLED"],
      ["resourceType", "AMI_IMAGE", "CONTAINER_IMAGE"],
    ] as const) {
      expect([filter, (await listed(name, [{ name: filter, values: [value] }])).length]).toEqual([filter, 1]);
      expect([filter, (await listed(name, [{ name: filter, values: [other] }])).length]).toEqual([filter, 0]);
    }
    const wrong = listed(name, [{ name: "resourcetype", values: ["AMI_IMAGE"] }]);
    await refused(wrong, "InvalidParameterValueException", MESSAGES.invalidValue("filters"));
  });

  prove("API-077", async () => {
    const lifecyclePolicyArn = await makeLifecyclePolicy({ ...EVERYTHING, status: "DISABLED", tags: { team: "web" } });
    const change = {
      lifecyclePolicyArn,
      clientToken: undefined,
      ...{ ...EVERYTHING, description: undefined },
      policyDetails: [{ action: { type: "DELETE" as const }, filter: count }],
    };
    expect(await api.updateLifecyclePolicy(change)).toMatchObject({ lifecyclePolicyArn });
    const found = await get(lifecyclePolicyArn);
    expect(found).toMatchObject({
      policyDetails: change.policyDetails,
      status: "ENABLED",
      tags: { team: "web" },
      dateUpdated: expect.any(Date),
    });
    expect(found?.description).toBeUndefined();
    await refused(
      api.updateLifecyclePolicy({ ...change, resourceType: "CONTAINER_IMAGE" }),
      "InvalidParameterValueException",
      MESSAGES.invalidValue("resourceType"),
    );
    const missing = api.updateLifecyclePolicy({ ...change, lifecyclePolicyArn: `${lifecyclePolicyArn}-none` });
    await refused(missing, "ResourceNotFoundException");
  });

  prove("API-019", async () => {
    const lifecyclePolicyArn = await makeLifecyclePolicy();
    expect(await api.deleteLifecyclePolicy({ lifecyclePolicyArn })).toMatchObject({ lifecyclePolicyArn });
    await refused(get(lifecyclePolicyArn), "ResourceNotFoundException");
    await refused(api.deleteLifecyclePolicy({ lifecyclePolicyArn }), "ResourceNotFoundException");
  });

  const detail = (type: string, filter: object, more = {}) => ({ policyDetails: [{ action: { type, ...more }, filter }] });
  test.each([
    [
      "two rules of one action",
      {
        policyDetails: [
          { action: { type: "DELETE" }, filter: count },
          { action: { type: "DELETE" }, filter: age },
        ],
      },
    ],
    ["a rule by count that deprecates", detail("DEPRECATE", count)],
    ["a rule by age without a unit", detail("DELETE", { type: "AGE", value: 3 })],
    ["a rule that disables containers", { resourceType: "CONTAINER_IMAGE", ...detail("DISABLE", age) }],
    ["recipes and tags", { resourceSelection: { ...EVERYTHING.resourceSelection, tagMap: { team: "web" } } }],
    ["neither recipes nor tags", { resourceSelection: {} }],
    ["a value of 0", detail("DELETE", { ...count, value: 0 })],
    ["no rule", { policyDetails: [] }],
  ])("CreateLifecyclePolicy refuses %s", async (_, given) => {
    const name = uniqueName("policy");
    await refused(makeLifecyclePolicy({ name, ...given } as never), "InvalidParameterValueException");
    expect(await listed(name)).toEqual([]);
  });
});

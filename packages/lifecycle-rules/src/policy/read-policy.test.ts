import { describe, expect, test } from "@jest/globals";
import { renderText } from "@imagewright/diagnostics";
import { readPolicy } from "../index.js";
import { request, rule, shown } from "../testing/builders.js";

const AGE = { type: "AGE", value: 6, unit: "MONTHS" };
const faults = (changes: object) => shown(readPolicy(request(changes)).diagnostics);
const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, number) => [`tag:${number}`, "x"]));
const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

describe("a policy in the form of CreateLifecyclePolicy", () => {
  test("gets all defaults", () => {
    const { policy, diagnostics } = readPolicy(request());
    expect(diagnostics).toEqual([]);
    expect(policy).toEqual({
      name: "sample-policy",
      enabled: true,
      executionRole: "arn:aws:iam::111122223333:role/sample-lifecycle-role",
      resourceType: "AMI_IMAGE",
      rules: [
        {
          action: "DELETE",
          include: { amis: true, snapshots: true, containers: false },
          filter: { type: "AGE", period: { value: 6, unit: "MONTHS" }, retainAtLeast: 0 },
          exclusions: { tagMap: {}, amis: { isPublic: false, regions: [], sharedAccounts: [], tagMap: {} } },
        },
      ],
      scope: { by: "recipes", recipes: [{ name: "web", version: { text: "x.x.x", numbers: [] } }] },
      tags: {},
    });
  });

  test("values at the limits are allowed", () => {
    const exclusionRules = {
      tagMap: tags(50),
      amis: {
        isPublic: false,
        regions: ["us-west-2"],
        sharedAccounts: many(1536, "444455556666"),
        lastLaunched: { value: 365, unit: "YEARS" },
        tagMap: { ["k".repeat(128)]: "v".repeat(256) },
      },
    };
    const all = request({
      name: "n".repeat(128), description: "d".repeat(1024), status: "DISABLED", executionRole: "r".repeat(2048), tags: tags(50), clientToken: "t".repeat(64),
      policyDetails: [rule("DEPRECATE", { ...AGE, value: 1 }), rule("DISABLE", { ...AGE, value: 999 }), rule("DELETE", { ...AGE, value: 1000, retainAtLeast: 10 }, { exclusionRules })],
      resourceSelection: { recipes: many(50, { name: "My_recipe-1", semanticVersion: "1073741823.x.x" }) },
    }); // prettier-ignore
    expect(readPolicy(all)).toMatchObject({ diagnostics: [], policy: { enabled: false } });
    expect(faults({ resourceSelection: { tagMap: tags(50) } })).toEqual([]);
    expect(faults({ policyDetails: [rule("DELETE", { type: "COUNT", value: 1000 })] })).toEqual([]);
  });

  test("the response of GetLifecyclePolicy is read too", () => {
    const lifecyclePolicy = {
      ...request(),
      arn: "arn:aws:imagebuilder:us-west-2:111122223333:lifecycle-policy/sample",
      status: "ENABLED",
      dateCreated: "2023-11-07T14:57:01Z",
      dateLastRun: "2024-01-01",
      tags: {},
    };
    expect(readPolicy({ lifecyclePolicy })).toMatchObject({ diagnostics: [], policy: { name: "sample-policy" } });
  });

  test("the request of UpdateLifecyclePolicy has the ARN of the policy in place of its name", () => {
    const { name, ...others } = request();
    const update = { ...others, lifecyclePolicyArn: "arn:aws:imagebuilder:us-west-2:111122223333:lifecycle-policy/sample-policy" };
    expect(readPolicy(update)).toEqual({ diagnostics: [], policy: { ...readPolicy(request()).policy, name } });
    expect(shown(readPolicy({ ...update, name }).diagnostics)).toEqual([
      expect.stringContaining('the policy: unknown key "name"; allowed: '),
    ]);
    expect(shown(readPolicy({ ...update, executionRole: undefined }).diagnostics)).toEqual([
      'policy.json:1:1 the policy must have "executionRole" [missing-key]',
    ]);
    const { lifecyclePolicyArn, ...misspelled } = update;
    expect(shown(readPolicy({ ...misspelled, lifecylePolicyArn: lifecyclePolicyArn }).diagnostics)).toEqual([
      expect.stringMatching(/unknown key "lifecylePolicyArn"; .* did you mean "lifecyclePolicyArn"\? \[unknown-key\]$/),
    ]);
  });

  test.each<[string, object, string[]]>([
    [
      "nothing of what is needed",
      { name: undefined, executionRole: undefined, resourceType: null, policyDetails: undefined, resourceSelection: undefined },
      ["name", "executionRole", "policyDetails", "resourceSelection", "resourceType"].map(
        (name) => `${name === "resourceType" ? name : "policy.json"}:1:1 the policy must have "${name}" [missing-key]`,
      ),
    ],
    [
      "a member that there is not",
      { polcyDetails: [] },
      [
        'polcyDetails:1:1 the policy: unknown key "polcyDetails"; allowed: "arn", "clientToken", "dateCreated", "dateLastRun", "dateUpdated", "description", "dryRun", "executionRole", "name", "policyDetails", "resourceSelection", "resourceType", "status" or "tags"; did you mean "policyDetails"? [unknown-key]',
      ],
    ],
    [
      "a short name",
      { name: "ab" },
      [
        'name:1:1 "name" must be a name of 3 to 128 letters, digits, spaces, "-" and "_", with no space at the ends; found "ab" [value-not-allowed]',
      ],
    ],
    [
      "a long name",
      { name: "n".repeat(129) },
      [
        'name:1:1 "name" must be a name of 3 to 128 letters, digits, spaces, "-" and "_", with no space at the ends; found "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…" [value-not-allowed]',
      ],
    ],
    [
      "a name with other characters",
      { name: "a.b" },
      [
        'name:1:1 "name" must be a name of 3 to 128 letters, digits, spaces, "-" and "_", with no space at the ends; found "a.b" [value-not-allowed]',
      ],
    ],
    [
      "a name with a blank at its end",
      { name: "web " },
      [
        'name:1:1 "name" must be a name of 3 to 128 letters, digits, spaces, "-" and "_", with no space at the ends; found "web " [value-not-allowed]',
      ],
    ],
    ["an empty description", { description: "" }, ['description:1:1 "description" must not be empty [value-empty]']],
    [
      "a long description",
      { description: "d".repeat(1025) },
      ['description:1:1 "description" must have at most 1024 characters; found 1025 [value-not-allowed]'],
    ],
    ["a description that is no text", { description: 1 }, ['description:1:1 "description" must be a string; found 1 [wrong-type]']],
    ["a status that is none", { status: "ON" }, ['status:1:1 "status" must be "DISABLED" or "ENABLED"; found "ON" [value-not-allowed]']],
    ["an empty role", { executionRole: "" }, ['executionRole:1:1 "executionRole" must not be empty [value-empty]']],
    [
      "a role with other characters",
      { executionRole: "my role" },
      [
        'executionRole:1:1 "executionRole" must be the name of a role (letters, digits and "_+=,.@-/") or its ARN: arn:aws:iam::<account>:role/<name>; found "my role" [value-not-allowed]',
      ],
    ],
    [
      "an ARN of no role",
      { executionRole: "arn:aws:iam:111122223333:role/x" },
      [
        'executionRole:1:1 "executionRole" must be the name of a role (letters, digits and "_+=,.@-/") or its ARN: arn:aws:iam::<account>:role/<name>; found "arn:aws:iam:111122223333:role/x" [value-not-allowed]',
      ],
    ],
    [
      "a resource type that is none",
      { resourceType: "AMI" },
      ['resourceType:1:1 "resourceType" must be "AMI_IMAGE" or "CONTAINER_IMAGE"; found "AMI" [value-not-allowed]'],
    ],
    [
      "a long token",
      { clientToken: "t".repeat(65) },
      ['clientToken:1:1 "clientToken" must have at most 64 characters; found 65 [value-not-allowed]'],
    ],
    ["51 tags", { tags: tags(51) }, ['tags:1:1 "tags" must have at most 50 keys; found 51 [value-not-allowed]']],
    ["no tags", { tags: {} }, ['tags:1:1 "tags" must not be empty [value-empty]']],
    [
      "a tag key of the service",
      { tags: { "aws:x": "" } },
      [
        'tags.aws:x:1:1 the key "aws:x" of "tags" must be a tag key of 1 to 128 letters, digits, spaces and "_.:/=+-@" that does not begin with "aws:" [value-not-allowed]',
      ],
    ],
    [
      "a tag key with other characters",
      { tags: { "a;b": "" } },
      [
        'tags.a;b:1:1 the key "a;b" of "tags" must be a tag key of 1 to 128 letters, digits, spaces and "_.:/=+-@" that does not begin with "aws:" [value-not-allowed]',
      ],
    ],
    [
      "a long tag key",
      { tags: { ["k".repeat(129)]: "" } },
      [
        `tags.${"k".repeat(129)}:1:1 the key "${"k".repeat(60)}…" of "tags" must be a tag key of 1 to 128 letters, digits, spaces and "_.:/=+-@" that does not begin with "aws:" [value-not-allowed]`,
      ],
    ],
    [
      "a long tag value",
      { tags: { k: "v".repeat(257) } },
      ['tags.k:1:1 "tags.k" must have at most 256 characters; found 257 [value-not-allowed]'],
    ],
    ["a tag without a value", { tags: { k: null } }, ['tags.k:1:1 "tags.k" must be a string; found nothing [wrong-type]']],
    ["no rules", { policyDetails: [] }, ['policyDetails:1:1 "policyDetails" must not be empty [value-empty]']],
    ["rules that are no list", { policyDetails: {} }, ['policyDetails:1:1 "policyDetails" must be a list; found an object [wrong-type]']],
    [
      "a rule that is none",
      { policyDetails: [null] },
      ['policyDetails[0]:1:1 "policyDetails[0]" must be an object; found nothing [wrong-type]'],
    ],
    [
      "both selections",
      { resourceSelection: { recipes: [{ name: "web", semanticVersion: "1.0.0" }], tagMap: { a: "b" } } },
      ['resourceSelection:1:1 "resourceSelection" must have either "recipes" or "tagMap"; found both [one-selection]'],
    ],
    [
      "no selection",
      { resourceSelection: {} },
      ['resourceSelection:1:1 "resourceSelection" must have either "recipes" or "tagMap"; found neither [one-selection]'],
    ],
    [
      "51 recipes",
      { resourceSelection: { recipes: many(51, { name: "web", semanticVersion: "1.0.0" }) } },
      ['resourceSelection.recipes:1:1 "resourceSelection.recipes" must have at most 50 items; found 51 [value-not-allowed]'],
    ],
    [
      "51 tags to select by",
      { resourceSelection: { tagMap: tags(51) } },
      ['resourceSelection.tagMap:1:1 "resourceSelection.tagMap" must have at most 50 keys; found 51 [value-not-allowed]'],
    ],
    [
      "a recipe without its members",
      { resourceSelection: { recipes: [{}] } },
      ["name", "semanticVersion"].map(
        (name) => `resourceSelection.recipes[0]:1:1 "resourceSelection.recipes[0]" must have "${name}" [missing-key]`,
      ),
    ],
  ])("%s", (_what, changes, expected) => {
    const { policy, diagnostics } = readPolicy(request(changes));
    expect(shown(diagnostics)).toEqual(expected);
    expect(policy).toBeUndefined();
  });

  test.each([
    ["1.x.8", 'the patch number 8 follows a wildcard in "1.x.8"; after the first "x" only "x" is allowed'],
    ["x.2.x", 'the minor number 2 follows a wildcard in "x.2.x"; after the first "x" only "x" is allowed'],
    ["1.0.1073741824", 'the patch number 1073741824 is too large; allowed: 0 to 1073741823, or "x" for any'],
  ])("the recipe version %s", (semanticVersion, message) => {
    const path = "resourceSelection.recipes[0].semanticVersion";
    expect(faults({ resourceSelection: { recipes: [{ name: "web", semanticVersion }] } })).toEqual([
      `${path}:1:1 "${path}": ${message} [invalid-version]`,
    ]);
  });
});

test.each(["1.0", "1.0.0/1", "1.*.*"])("%s is not a recipe version", (semanticVersion) => {
  const path = "resourceSelection.recipes[0].semanticVersion";
  expect(faults({ resourceSelection: { recipes: [{ name: "web", semanticVersion }] } })).toEqual([
    `${path}:1:1 "${path}" must be a version of three whole numbers, or with "x" in place of some of them: <major>.<minor>.<patch>; found "${semanticVersion}" [value-not-allowed]`,
  ]);
});

describe("a rule", () => {
  const RULE = "policyDetails[0]";
  const ofRule = (detail: object) => faults({ policyDetails: [detail] });

  test.each<[string, object, string[]]>([
    [
      "without action and filter",
      {},
      [`${RULE}:1:1 "${RULE}" must have "action" [missing-key]`, `${RULE}:1:1 "${RULE}" must have "filter" [missing-key]`],
    ],
    [
      "an action that is none",
      rule("RETIRE", AGE),
      [`${RULE}.action.type:1:1 "${RULE}.action.type" must be "DELETE", "DEPRECATE" or "DISABLE"; found "RETIRE" [value-not-allowed]`],
    ],
    [
      "a filter that is none",
      rule("DELETE", { ...AGE, type: "SIZE" }),
      [`${RULE}.filter.type:1:1 "${RULE}.filter.type" must be "AGE" or "COUNT"; found "SIZE" [value-not-allowed]`],
    ],
    [
      "a value of 0",
      rule("DELETE", { ...AGE, value: 0 }),
      [`${RULE}.filter.value:1:1 "${RULE}.filter.value" must be from 1 to 1000; found 0 [value-not-allowed]`],
    ],
    [
      "a value of 1001",
      rule("DELETE", { type: "COUNT", value: 1001 }),
      [`${RULE}.filter.value:1:1 "${RULE}.filter.value" must be from 1 to 1000; found 1001 [value-not-allowed]`],
    ],
    [
      "a value of 1.5",
      rule("DELETE", { ...AGE, value: 1.5 }),
      [`${RULE}.filter.value:1:1 "${RULE}.filter.value" must be a whole number; found 1.5 [wrong-type]`],
    ],
    [
      "a value that is a text",
      rule("DELETE", { ...AGE, value: "6" }),
      [`${RULE}.filter.value:1:1 "${RULE}.filter.value" must be a whole number; found "6" [wrong-type]`],
    ],
    ["no value", rule("DELETE", { type: "COUNT" }), [`${RULE}.filter:1:1 "${RULE}.filter" must have "value" [missing-key]`]],
    [
      "an age without unit",
      rule("DELETE", { type: "AGE", value: 6 }),
      [`${RULE}.filter:1:1 "${RULE}.filter" must have "unit", as its type is "AGE" [missing-key]`],
    ],
    [
      "a unit that is none",
      rule("DELETE", { ...AGE, unit: "HOURS" }),
      [`${RULE}.filter.unit:1:1 "${RULE}.filter.unit" must be "DAYS", "MONTHS", "WEEKS" or "YEARS"; found "HOURS" [value-not-allowed]`],
    ],
    [
      "retain 0",
      rule("DELETE", { ...AGE, retainAtLeast: 0 }),
      [`${RULE}.filter.retainAtLeast:1:1 "${RULE}.filter.retainAtLeast" must be from 1 to 10; found 0 [value-not-allowed]`],
    ],
    [
      "retain 11",
      rule("DELETE", { ...AGE, retainAtLeast: 11 }),
      [`${RULE}.filter.retainAtLeast:1:1 "${RULE}.filter.retainAtLeast" must be from 1 to 10; found 11 [value-not-allowed]`],
    ],
    [
      "retain in a rule that does not delete",
      rule("DISABLE", { ...AGE, retainAtLeast: 1 }),
      [
        `${RULE}.filter.retainAtLeast:1:1 warning: "${RULE}.filter.retainAtLeast" has an effect on a "DELETE" rule only; this "DISABLE" rule spares no image because of it [retain-without-effect]`,
      ],
    ],
    [
      "retain by count",
      rule("DELETE", { type: "COUNT", value: 2, retainAtLeast: 1 }),
      [`${RULE}.filter.retainAtLeast:1:1 "${RULE}.filter.retainAtLeast" is for rules by "AGE"; this one is by "COUNT" [age-only]`],
    ],
    [
      "a unit by count",
      rule("DELETE", { type: "COUNT", value: 2, unit: "DAYS" }),
      [`${RULE}.filter.unit:1:1 "${RULE}.filter.unit" is for rules by "AGE"; this one is by "COUNT" [age-only]`],
    ],
    [
      "deprecate by count",
      rule("DEPRECATE", { type: "COUNT", value: 2 }),
      [`${RULE}.filter.type:1:1 only a "DELETE" rule can be by "COUNT"; this one is a "DEPRECATE" rule [count-without-delete]`],
    ],
    [
      "disable by count",
      rule("DISABLE", { type: "COUNT", value: 2 }),
      [`${RULE}.filter.type:1:1 only a "DELETE" rule can be by "COUNT"; this one is a "DISABLE" rule [count-without-delete]`],
    ],
    [
      "containers of AMI images",
      rule("DELETE", AGE, { include: { containers: true } }),
      [
        `${RULE}.action.includeResources.containers:1:1 "${RULE}.action.includeResources.containers" cannot be included in a policy for AMIs [resource-of-other-type]`,
      ],
    ],
    [
      "resources that are no truth values",
      rule("DELETE", AGE, { include: { amis: "yes" } }),
      [`${RULE}.action.includeResources.amis:1:1 "${RULE}.action.includeResources.amis" must be true or false; found "yes" [wrong-type]`],
    ],
    [
      "snapshots without AMIs",
      rule("DELETE", AGE, { include: { snapshots: true } }),
      [
        `${RULE}.action.includeResources.snapshots:1:1 warning: the snapshots of an AMI stay as long as the AMI does, and this rule does not include AMIs [snapshots-without-effect]`,
      ],
    ],
    [
      "snapshots that are not deleted",
      rule("DISABLE", AGE, { include: { amis: true, snapshots: true } }),
      [
        `${RULE}.action.includeResources.snapshots:1:1 warning: snapshots are only deleted; a "DISABLE" rule does nothing to them [snapshots-without-effect]`,
      ],
    ],
  ])("%s", (_what, detail, expected) => {
    expect(ofRule(detail)).toEqual(expected);
  });

  const AMIS = `${RULE}.exclusionRules.amis`;
  test.each<[string, object, string[]]>([
    [
      "51 tags",
      { tagMap: tags(51) },
      [`${RULE}.exclusionRules.tagMap:1:1 "${RULE}.exclusionRules.tagMap" must have at most 50 keys; found 51 [value-not-allowed]`],
    ],
    [
      "51 tags of AMIs",
      { amis: { tagMap: tags(51) } },
      [`${AMIS}.tagMap:1:1 "${AMIS}.tagMap" must have at most 50 keys; found 51 [value-not-allowed]`],
    ],
    [
      "no accounts",
      { amis: { sharedAccounts: [] } },
      [`${AMIS}.sharedAccounts:1:1 "${AMIS}.sharedAccounts" must not be empty [value-empty]`],
    ],
    [
      "1537 accounts",
      { amis: { sharedAccounts: many(1537, "444455556666") } },
      [`${AMIS}.sharedAccounts:1:1 "${AMIS}.sharedAccounts" must have at most 1536 items; found 1537 [value-not-allowed]`],
    ],
    [
      "an account that is none",
      { amis: { sharedAccounts: ["4444"] } },
      [`${AMIS}.sharedAccounts[0]:1:1 "${AMIS}.sharedAccounts[0]" must be an account ID of 12 digits; found "4444" [value-not-allowed]`],
    ],
    [
      "an account that is a number",
      { amis: { sharedAccounts: [444455556666] } },
      [`${AMIS}.sharedAccounts[0]:1:1 "${AMIS}.sharedAccounts[0]" must be a string; found 444455556666 [wrong-type]`],
    ],
    ["an empty region", { amis: { regions: [""] } }, [`${AMIS}.regions[0]:1:1 "${AMIS}.regions[0]" must not be empty [value-empty]`]],
    [
      "a region that is nothing",
      { amis: { regions: [null] } },
      [`${AMIS}.regions[0]:1:1 "${AMIS}.regions[0]" must be a string; found nothing [wrong-type]`],
    ],
    [
      "a launch before 366 days",
      { amis: { lastLaunched: { value: 366, unit: "DAYS" } } },
      [`${AMIS}.lastLaunched.value:1:1 "${AMIS}.lastLaunched.value" must be from 1 to 365; found 366 [value-not-allowed]`],
    ],
    [
      "a launch without unit",
      { amis: { lastLaunched: { value: 3 } } },
      [`${AMIS}.lastLaunched:1:1 "${AMIS}.lastLaunched" must have "unit" [missing-key]`],
    ],
    [
      "isPublic that is a text",
      { amis: { isPublic: "true" } },
      [`${AMIS}.isPublic:1:1 "${AMIS}.isPublic" must be true or false; found "true" [wrong-type]`],
    ],
    [
      "a member that there is not",
      { amis: { region: ["x"] } },
      [
        `${AMIS}.region:1:1 "${AMIS}": unknown key "region"; allowed: "isPublic", "lastLaunched", "regions", "sharedAccounts" or "tagMap"; did you mean "regions"? [unknown-key]`,
      ],
    ],
  ])("exclusion of %s", (_what, exclusionRules, expected) => {
    expect(ofRule(rule("DELETE", AGE, { exclusionRules }))).toEqual(expected);
  });

  test("a policy for container images only deletes, has no AMIs to include and none to exclude", () => {
    expect(
      faults({
        resourceType: "CONTAINER_IMAGE",
        policyDetails: [rule("DISABLE", AGE, { include: { amis: true }, exclusionRules: { amis: {} } })],
      }),
    ).toEqual([
      `${RULE}.action.type:1:1 a policy for container images has only a "DELETE" rule; found "DISABLE" [action-of-containers]`,
      `${AMIS}:1:1 "${AMIS}" is for AMI policies; this one is for container images [amis-of-containers]`,
      `${RULE}.action.includeResources.amis:1:1 "${RULE}.action.includeResources.amis" cannot be included in a policy for container images [resource-of-other-type]`,
    ]);
  });
});

describe("several rules", () => {
  test("at most three rules, at most one per action", () => {
    expect(faults({ policyDetails: many(4, rule("DELETE", AGE)) })).toEqual([
      'policyDetails:1:1 "policyDetails" must have at most 3 items; found 4 [value-not-allowed]',
    ]);
    expect(faults({ policyDetails: many(3, rule("DELETE", AGE)) })).toEqual(
      [1, 2].map((place) => `policyDetails[${place}].action.type:1:1 a policy has at most one "DELETE" rule [repeated-rule]`),
    );
  });

  test.each([
    ["DEPRECATE", { value: 6, unit: "MONTHS" }, "DISABLE", { value: 3, unit: "MONTHS" }, "3 months", "6 months"],
    ["DISABLE", { value: 1, unit: "YEARS" }, "DELETE", { value: 12, unit: "MONTHS" }, "12 months", "1 year"],
    ["DEPRECATE", { value: 31, unit: "DAYS" }, "DELETE", { value: 1, unit: "MONTHS" }, "1 month", "31 days"],
  ])("%s after %j and %s after %j: the later one is not later", (earlier, before, later, after, afterText, beforeText) => {
    const policyDetails = [rule(later, { type: "AGE", ...after }), rule(earlier, { type: "AGE", ...before })];
    expect(faults({ policyDetails })).toEqual([
      `policyDetails[0].filter:1:1 warning: the "${later}" rule comes after ${afterText}, not later than the "${earlier}" rule after ${beforeText} [rule-not-later]`,
    ]);
    expect(readPolicy(request({ policyDetails })).policy?.rules.map(({ action }) => action)).toEqual([earlier, later]);
  });

  test("no warning for ages whose order depends on the month", () => {
    expect(
      faults({
        policyDetails: [
          rule("DEPRECATE", { type: "AGE", value: 30, unit: "DAYS" }),
          rule("DISABLE", { type: "AGE", value: 1, unit: "MONTHS" }),
        ],
      }),
    ).toEqual([]);
  });
});

describe("places in the text", () => {
  test("each fault is shown where it is", () => {
    const text =
      '{\n  "name": "sample",\n  "executionRole": "role",\n  "resourceType": "AMI_IMAGE",\n  "policyDetails": [\n    { "action": { "type": "DELETE" }, "filter": { "type": "AGE", "value": 1001, "unit": "DAYS" }, "exclude": {} }\n  ],\n  "resourceSelection": { "recipes": [{ "name": "web", "semanticVersion": "1.x.8" }] }\n}\n';
    expect(renderText(readPolicy(text, { name: "my.json" }).diagnostics)).toBe(
      [
        'my.json:6:75: "policyDetails[0].filter.value" must be from 1 to 1000; found 1001 [value-not-allowed]',
        '  : { "type": "DELETE" }, "filter": { "type": "AGE", "value": 1001, "unit": "DAYS" }, "exclude": {} }',
        "                                                              ^~~~",
        'my.json:6:99: "policyDetails[0]": unknown key "exclude"; allowed: "action", "exclusionRules" or "filter" [unknown-key]',
        '  "filter": { "type": "AGE", "value": 1001, "unit": "DAYS" }, "exclude": {} }',
        "                                                              ^~~~~~~~~",
        "2 errors",
        "",
      ].join("\n"),
    );
  });

  test("a duplicate member", () => {
    const { policy, diagnostics } = readPolicy(
      JSON.stringify(request()).replace('"name":"sample-policy"', '"name":"sample-policy","name":"other-policy"'),
    );
    expect(shown(diagnostics)).toEqual(['policy.json:1:25 the key "name" is used twice [duplicate-key]']);
    expect(diagnostics[0]?.related?.map(({ message, span }) => [message, span.start])).toEqual([["first used here", 1]]);
    expect(policy).toBeUndefined();
  });

  test.each([
    ["[]", "a list of 0"],
    ["1", "1"],
    ["null", "nothing"],
  ])("%s is no policy", (text, found) => {
    expect(shown(readPolicy(text).diagnostics)).toEqual([`policy.json:1:1 the policy must be an object; found ${found} [wrong-type]`]);
  });
});

import { describe, expect, test } from "@jest/globals";
import { operationNames } from "@imagewright/imagebuilder-model";
import {
  compilePolicy,
  evaluateAccess,
  explainAccess,
  type AccessedResource,
  type CompiledPolicy,
  type ConditionValues,
} from "../index.js";
import { ACCOUNT, ADA, arn, compiled, OTHER, policyOf, ROOT } from "../testing/builders.js";

interface Asking {
  readonly policies?: readonly CompiledPolicy[];
  readonly principal?: string;
  readonly action?: string;
  readonly resource: string | AccessedResource;
  readonly keys?: ConditionValues;
}

const inputOf = ({ policies = [], principal = ADA, action = "imagebuilder:GetImage", resource, keys = {} }: Asking) => ({
  identityPolicies: policies,
  request: { principal, action, resources: [typeof resource === "string" ? { arn: resource } : resource], conditionKeys: keys },
});
const decide = (asking: Asking) => evaluateAccess(inputOf(asking)).resources[0];
const IMAGE = arn("image/web/1.0.0/1");
const FOREIGN = arn("image/web/1.0.0/1", OTHER);
const all = compiled({ Effect: "Allow", Action: "*", Resource: "*" }, "identity", "all");

describe("policies and operations", () => {
  const POLICIES = {
    administrator: { Effect: "Allow", Action: "*", Resource: "*" },
    service: { Effect: "Allow", Action: "imagebuilder:*", Resource: "*" },
    reader: { Effect: "Allow", Action: ["imagebuilder:Get*", "imagebuilder:List*"], Resource: "*" },
    builder: [
      { Effect: "Allow", NotAction: ["imagebuilder:Delete*", "imagebuilder:Put*", "iam:*"], Resource: "*" },
      { Effect: "Allow", Action: "iam:PassRole", Resource: `arn:aws:iam::${ACCOUNT}:role/builds` },
    ],
    careful: [
      { Effect: "Allow", Action: "imagebuilder:*", Resource: "*" },
      { Effect: "Deny", Action: "imagebuilder:Delete*", NotResource: arn("*/test-*") },
    ],
    other: { Effect: "Allow", Action: ["s3:*", "ec2:*"], Resource: "*" },
  };
  const ASKED: readonly (readonly [string, string])[] = [
    ["imagebuilder:GetImage", IMAGE],
    ["imagebuilder:ListImages", "*"],
    ["imagebuilder:DeleteImage", IMAGE],
    ["imagebuilder:DeleteImage", arn("image/test-a/1.0.0/1")],
    ["imagebuilder:PutImagePolicy", IMAGE],
    ["imagebuilder:CreateImage", IMAGE],
    ["iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/builds`],
    ["iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/admin`],
  ];

  test.each<[keyof typeof POLICIES, string]>([
    ["administrator", "yyyyyyyy"],
    ["service", "yyyyyy--"],
    ["reader", "yy------"],
    ["builder", "yy---yy-"],
    ["careful", "yy-yyy--"],
    ["other", "--------"],
  ])("%s: %s", (name, expected) => {
    const policies = [compiled(POLICIES[name])];
    expect(ASKED.map(([action, resource]) => (decide({ policies, action, resource })?.allowed === true ? "y" : "-")).join("")).toBe(
      expected,
    );
  });

  test("a reader may do what begins with Get or List, and nothing else of the 77", () => {
    const policies = [compiled(POLICIES.reader)];
    const allowed = operationNames().filter((name) => decide({ policies, action: `imagebuilder:${name}`, resource: "*" })?.allowed);
    expect(allowed).toEqual(operationNames().filter((name) => /^(Get|List)/.test(name)));
  });
});

describe("resources", () => {
  const allows = (Resource: unknown, resource: string, Version = "2012-10-17", keys: ConditionValues = {}, principal = ADA) =>
    decide({
      policies: [compilePolicy(policyOf({ Effect: "Allow", Action: "*", Resource }, "identity", Version), "p")],
      resource,
      keys,
      principal,
    })?.allowed;

  test.each<[unknown, string, boolean]>([
    ["*", "*", true],
    ["arn:aws:imagebuilder:*:*:*", "*", false],
    [arn("image/*"), IMAGE, true],
    [arn("image/web"), IMAGE, false],
    [arn("IMAGE/*"), IMAGE, false],
    [arn("image/web/?.0.0/?"), IMAGE, true],
    ["arn:aws:imagebuilder:*:image/*", IMAGE, false], // a star never reaches over a colon
    ["arn:aws:imagebuilder:*", IMAGE, true],
    ["arn:*:imagebuilder", IMAGE, true],
    ["arn:aws:iam:*", IMAGE, false],
    [arn("image/web/x.x.x"), IMAGE, true],
    [arn("image/web/x.x.x"), arn("image/web/x.x.x"), true],
    [arn("image/web/x.x.x"), arn("image/webs/1.0.0/1"), false],
    [arn("image/web/1.x.x"), arn("image/web/1.9.3/2"), true],
    [arn("image/web/1.x.x"), arn("image/web/2.0.0/1"), false],
    [arn("image/web/1.0.x"), arn("image/web/1.0.7"), true],
    [arn("image/web/1.0.0/1"), arn("image/web/x.x.x"), false],
  ])("%j, %s: %s", (pattern, resource, expected) => {
    expect(allows(pattern, resource)).toBe(expected);
  });

  test("variables are text: no star, question mark or colon of a value is one of the pattern", () => {
    const own = arn("image/${aws:username}/*");
    expect(allows(own, arn("image/ada/1.0.0"))).toBe(true);
    expect(allows(own, arn("image/bob/1.0.0"))).toBe(false);
    expect(allows(own, arn("image/bob/1.0.0"), "2012-10-17", {}, `arn:aws:iam::${ACCOUNT}:user/*`)).toBe(false);
    expect(allows(own, arn("image/*/1.0.0"), "2012-10-17", {}, `arn:aws:iam::${ACCOUNT}:user/*`)).toBe(true);
    const team = "arn:aws:imagebuilder:eu-west-1:${aws:PrincipalTag/account}:*";
    expect(allows(team, IMAGE, "2012-10-17", { "aws:PrincipalTag/Account": ACCOUNT })).toBe(true);
    expect(allows(team, IMAGE, "2012-10-17", { "aws:PrincipalTag/Account": `${ACCOUNT}:image` })).toBe(false);
    expect(allows(own, arn("image/${aws:username}/1"), "2008-10-17")).toBe(true);
    expect(allows(own, arn("image/ada/1"), "2008-10-17")).toBe(false);
  });

  test("a variable without a value matches nothing, a default stands for it, one with two values has none", () => {
    const team = arn("image/${aws:PrincipalTag/team}/*");
    expect(allows(team, arn("image//1"))).toBe(false);
    expect(allows([team, "*"], IMAGE)).toBe(true);
    expect(allows(arn("image/${aws:PrincipalTag/team, 'web'}/*"), IMAGE)).toBe(true);
    expect(allows(arn("image/${aws:PrincipalTag/team,''}web/*"), IMAGE)).toBe(true);
    expect(allows(team, IMAGE, "2012-10-17", { "aws:PrincipalTag/team": "web", "aws:PrincipalTag/Team": "web" })).toBe(false);
  });

  test("what excludes by an unknown variable does not allow, and denies", () => {
    const NotResource = arn("image/${aws:PrincipalTag/team}/*");
    const closed = compiled({ Effect: "Allow", Action: "*", NotResource });
    const denying = compiled({ Effect: "Deny", Action: "*", NotResource });
    const tagged = { "aws:PrincipalTag/team": "ops" };
    expect(decide({ policies: [closed], resource: IMAGE })?.reason).toBe("not-allowed");
    expect(decide({ policies: [closed], resource: IMAGE, keys: tagged })?.reason).toBe("allowed");
    expect(decide({ policies: [all, denying], resource: IMAGE })?.reason).toBe("denied");
    const Condition = { StringNotEquals: { "aws:UserAgent": "${aws:PrincipalTag/team}" } };
    const unequal = (Effect: string) => compiled({ Effect, Action: "*", Resource: "*", Condition });
    expect(decide({ policies: [unequal("Allow")], resource: IMAGE, keys: { "aws:UserAgent": "a" } })?.reason).toBe("not-allowed");
    expect(decide({ policies: [all, unequal("Deny")], resource: IMAGE, keys: { "aws:UserAgent": "a" } })?.reason).toBe("denied");
  });

  test("tags are those of each resource", () => {
    const Condition = { StringEquals: { "aws:ResourceTag/team": "web", "imagebuilder:ResourceTag/team": "web" } };
    const identityPolicies = [compiled({ Effect: "Allow", Action: "*", Resource: "*", Condition })];
    const resources = [
      { arn: IMAGE, tags: { team: "web" } },
      { arn: arn("image/b/1.0.0/1"), tags: { team: "ops" } },
      { arn: arn("image/c/1.0.0/1") },
    ];
    const request = { principal: ADA, action: "imagebuilder:GetImage", resources, conditionKeys: { "aws:ResourceTag/team": "ops" } };
    const decision = evaluateAccess({ identityPolicies, request });
    expect([decision.allowed, decision.resources.map(({ allowed }) => allowed)]).toEqual([false, [true, false, false]]);
  });
});

describe("SHR-001: accounts and policies of resources", () => {
  const shared = (Principal: unknown, more: object = {}): AccessedResource => ({
    arn: FOREIGN,
    policy: compiled({ Effect: "Allow", Principal, Action: "imagebuilder:GetImage", Resource: "*", ...more }, "resource"),
  });
  const own = (Principal: unknown, more: object = {}) => ({ ...shared(Principal, more), arn: IMAGE });

  test.each<[string, Asking, string]>([
    ["the account itself in it", { principal: ROOT, resource: IMAGE }, "root"],
    ["the account itself in another", { principal: ROOT, resource: FOREIGN }, "not-shared"],
    ["the account itself, shared with it", { principal: ROOT, resource: shared({ AWS: ACCOUNT }) }, "allowed"],
    ["the account itself, denied", { principal: ROOT, resource: own("*", { Effect: "Deny" }) }, "denied"],
    ["another account, policy of the identity only", { policies: [all], resource: FOREIGN }, "not-shared"],
    ["another account, policy of the resource only", { resource: shared("*") }, "not-allowed"],
    ["another account, both, by account", { policies: [all], resource: shared({ AWS: ACCOUNT }) }, "allowed"],
    ["another account, both, by user", { policies: [all], resource: shared({ AWS: ADA }) }, "allowed"],
    ["another account, both, for another one", { policies: [all], resource: shared({ AWS: "111111111111" }) }, "not-shared"],
    ["another account, another action", { policies: [all], action: "imagebuilder:DeleteImage", resource: shared("*") }, "not-shared"],
    ["the own account, by user", { resource: own({ AWS: ADA }) }, "allowed"],
    ["the own account, everybody", { resource: own("*") }, "allowed"],
    ["the own account, by account", { resource: own({ AWS: ACCOUNT }) }, "not-allowed"],
    ["the own account, by account, and a policy of the identity", { policies: [all], resource: own({ AWS: ACCOUNT }) }, "allowed"],
    ["denied to all but some", { policies: [all], resource: own(undefined, { Effect: "Deny", NotPrincipal: { AWS: OTHER } }) }, "denied"],
    [
      "denied to all but its account",
      { policies: [all], resource: own(undefined, { Effect: "Deny", NotPrincipal: { AWS: ACCOUNT } }) },
      "allowed",
    ],
    ["managed by AWS", { policies: [all], resource: arn("image/a/1.0.0", "aws") }, "allowed"],
    ["managed by AWS, without a policy", { resource: arn("image/a/1.0.0", "aws") }, "not-allowed"],
    [
      "a session of a role, by role",
      { principal: `arn:aws:sts::${ACCOUNT}:assumed-role/ci/s`, resource: own({ AWS: `arn:aws:iam::${ACCOUNT}:role/ci` }) },
      "allowed",
    ],
    [
      "a session of another role",
      { principal: `arn:aws:sts::${ACCOUNT}:assumed-role/cd/s`, resource: own({ AWS: `arn:aws:iam::${ACCOUNT}:role/ci` }) },
      "not-allowed",
    ],
  ])("%s: %s", (_, asking, expected) => {
    expect(decide(asking)?.reason).toBe(expected);
  });

  test("SHR-005: what is shared may be used by the action that gets it, and not changed", () => {
    const use = { policies: [all], action: "imagebuilder:CreateImageRecipe" };
    const used = { ...shared({ AWS: ACCOUNT }), sharedAs: "imagebuilder:GetImage" };
    expect(decide({ ...use, resource: used })?.reason).toBe("allowed");
    expect(decide({ ...use, resource: shared({ AWS: ACCOUNT }) })?.reason).toBe("not-shared");
    const denied = compiled(
      [
        { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
        { Effect: "Deny", Principal: "*", Action: "imagebuilder:CreateImageRecipe", Resource: "*" },
      ],
      "resource",
    );
    expect(decide({ ...use, resource: { ...used, policy: denied } })?.reason).toBe("denied");
    // in the own account the action itself counts
    expect(decide({ action: "imagebuilder:CreateImageRecipe", resource: { ...used, arn: IMAGE } })?.reason).toBe("not-allowed");
  });

  test("the keys of the principal are its own, whatever the request says", () => {
    const Condition = { StringEquals: { "aws:PrincipalAccount": OTHER } };
    const policies = [compiled({ Effect: "Allow", Action: "*", Resource: "*", Condition })];
    expect(decide({ policies, resource: IMAGE, keys: { "aws:PrincipalAccount": OTHER, "AWS:principalaccount": OTHER } })?.allowed).toBe(
      false,
    );
  });
});

test("a request about nothing is not allowed", () => {
  const input = { identityPolicies: [all], request: { principal: ADA, action: "imagebuilder:GetImage", resources: [] } };
  expect(evaluateAccess(input)).toEqual({ allowed: false, resources: [] });
  expect(explainAccess(input)).toEqual(["not allowed: the request is about no resource"]);
});

test("wrong calls are errors", () => {
  expect(() => decide({ resource: IMAGE, principal: "ada" })).toThrow(
    '"ada" is no principal; allowed: the ARN of an account (…:root), a user, a role or a session of one',
  );
  const policy = compiled({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }, "resource");
  expect(() => decide({ resource: IMAGE, policies: [policy] })).toThrow(
    'the policy "resource.json" is one of resources; here only policies of identities count',
  );
  expect(() => decide({ resource: { arn: IMAGE, policy: all } })).toThrow(
    'the policy "all" is one of identities; here only policies of resources count',
  );
});

describe("explanations", () => {
  const reader = compiled(
    [
      {
        Sid: "Tagged",
        Effect: "Allow",
        Action: "imagebuilder:Get*",
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/team": ["web", "ops"] } },
      },
      { Effect: "Allow", Action: "imagebuilder:*", Resource: arn("component/*") },
      { Effect: "Deny", Action: "imagebuilder:Delete*", Resource: "*" },
    ],
    "identity",
    "ada.json",
  );
  const policy = compiled(
    { Effect: "Allow", Principal: { AWS: ACCOUNT }, Action: "imagebuilder:GetImage", Resource: "*" },
    "resource",
    "web",
  );
  const foreignPolicy = compiled({ Effect: "Allow", Principal: { AWS: "111111111111" }, Action: "*", Resource: "*" }, "resource", "web");

  test.each<[Asking, string[]]>([
    [{ resource: { arn: IMAGE, tags: { team: "ops" } } }, ['"imagebuilder:GetImage" is allowed by statement 1 ("Tagged") of "ada.json"']],
    [
      { resource: { arn: IMAGE, tags: { team: "db" } } },
      [
        `"imagebuilder:GetImage" is not allowed: no statement allows it to "${ADA}"`,
        '  statement 1 ("Tagged") of "ada.json" does not apply: its condition StringEquals "aws:ResourceTag/team" "web" or "ops" does not hold; found "db"',
        '  statement 2 of "ada.json" does not apply: it is for other resources',
      ],
    ],
    [
      { resource: { arn: IMAGE, policy } },
      [
        `"imagebuilder:GetImage" is not allowed: no statement allows it to "${ADA}"`,
        '  statement 1 ("Tagged") of "ada.json" does not apply: its condition StringEquals "aws:ResourceTag/team" "web" or "ops" does not hold; found nothing',
        '  statement 2 of "ada.json" does not apply: it is for other resources',
        '  statement 1 of "web" does not apply: it names the account, so a policy of the identity has to allow it too',
      ],
    ],
    [
      { action: "imagebuilder:DeleteComponent", resource: arn("component/a/1.0.0/1") },
      ['"imagebuilder:DeleteComponent" is denied by statement 3 of "ada.json"'],
    ],
    [
      { resource: { arn: FOREIGN, tags: { team: "web" }, policy } },
      ['"imagebuilder:GetImage" is allowed by statement 1 ("Tagged") of "ada.json" and statement 1 of "web"'],
    ],
    [
      { resource: { arn: FOREIGN, tags: { team: "web" } } },
      [
        '"imagebuilder:GetImage" is not allowed: the resource belongs to another account, and it has no policy',
        '  statement 2 of "ada.json" does not apply: it is for other resources',
      ],
    ],
    [
      { resource: { arn: FOREIGN, tags: { team: "web" }, policy: foreignPolicy } },
      [
        '"imagebuilder:GetImage" is not allowed: the resource belongs to another account, and its policy does not allow it',
        '  statement 2 of "ada.json" does not apply: it is for other resources',
        '  statement 1 of "web" does not apply: it is for other principals',
      ],
    ],
    [
      { principal: ROOT, resource: IMAGE },
      [`"imagebuilder:GetImage" is allowed, since the account ${ACCOUNT} itself asks, and nothing denies it`],
    ],
  ])("%#", (asking, expected) => {
    const resource = typeof asking.resource === "string" ? asking.resource : asking.resource.arn;
    const [first = "", ...others] = expected;
    const policies = asking.principal === ROOT ? [] : [reader];
    expect(explainAccess(inputOf({ policies, ...asking }))).toEqual([`"${resource}": ${first}`, ...others]);
  });
});

describe("an ARN that goes on is allowed if one that begins so may be, and denied if all are", () => {
  const open = { arn: arn("component/web/1.0.0/"), isOpen: true };
  const allow = (more: object) => ({ Effect: "Allow", Action: "*", ...more });
  const deny = (more: object) => [allow({ Resource: "*" }), { Effect: "Deny", Action: "*", ...more }];
  const at = (text: string) => arn(`component/${text}`);
  test.each<[string, object, boolean]>([
    ["all", allow({ Resource: "*" }), true],
    ["a build", allow({ Resource: at("web/1.0.0/7") }), true],
    ["builds", allow({ Resource: at("w*/7") }), true],
    ["another version", allow({ Resource: at("web/1.0.1/1") }), false],
    ["all but a build", allow({ NotResource: at("web/1.0.0/1") }), true],
    ["all but these", allow({ NotResource: at("web/*") }), false],
    ["a denied build", deny({ Resource: at("web/1.0.0/1") }), true],
    ["denied builds of one digit", deny({ Resource: at("web/1.0.0/?") }), true],
    ["all denied", deny({ Resource: at("web/*") }), false],
    ["all denied but a build", deny({ NotResource: at("web/1.0.0/1") }), true],
    ["all denied but others", deny({ NotResource: at("db/*") }), false],
  ])("%s", (_, statements, expected) => {
    expect(decide({ policies: [compiled(statements)], resource: open })?.allowed).toBe(expected);
  });
});

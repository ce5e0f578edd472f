import { describe, expect, test } from "@jest/globals";
import { formatLocation, SourceFile } from "@imagewright/diagnostics";
import { LONGEST_POLICY, readAccessPolicy, type PolicyKind } from "../index.js";
import { arn } from "../testing/builders.js";

const shown = (text: string, kind: PolicyKind = "identity", name = "p.json") =>
  readAccessPolicy(new SourceFile(name, text), { kind }).diagnostics.map(
    ({ severity, span, code, message, help }) =>
      `${formatLocation(span).replace("p.json:", "")} ${severity === "error" ? "" : "warning: "}${message} [${code}]${help === undefined ? "" : ` (${help})`}`,
  );
const GOOD = { Effect: "Allow", Action: "imagebuilder:GetImage", Resource: "*" };
const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
/** The faults of one statement, without their places. */
const faults = (statement: object, kind: PolicyKind = "identity") =>
  shown(policy({ ...GOOD, ...statement }), kind).map((line) => line.slice(line.indexOf(" ") + 1));
const sharing = (principal: object | string | undefined, more: object = {}) => faults({ Principal: principal, ...more }, "resource");

describe("what is read", () => {
  test("is plain data, with one statement or several, one value or a list", () => {
    const text = JSON.stringify({
      Version: "2012-10-17",
      Id: "a b",
      Statement: { ...GOOD, Sid: "One", Condition: { Bool: { "aws:SecureTransport": true } } },
    });
    expect(readAccessPolicy(text, { kind: "identity" })).toEqual({
      policy: {
        kind: "identity",
        id: "a b",
        variables: true,
        statements: [
          {
            number: 1,
            sid: "One",
            effect: "Allow",
            actions: { except: false, values: ["imagebuilder:GetImage"] },
            resources: { except: false, values: ["*"] },
            conditions: [{ operator: "Bool", key: "aws:SecureTransport", values: ["true"] }],
          },
        ],
      },
      diagnostics: [],
    });
  });

  test("the policies of guide chapter 33, and those of chapter 49 that are not for other services alone", () => {
    const image = "arn:aws:imagebuilder:us-west-2:123456789012:image/my-example-image/2019.12.03/1";
    const shared = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: ["123456789012"] },
          Action: ["imagebuilder:GetImage", "imagebuilder:ListImages"],
          Resource: [image],
        },
      ],
    };
    expect(shown(JSON.stringify(shared), "resource")).toEqual([]);
    const passing = {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: "arn:aws:iam::123456789012:role/builds",
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    };
    expect(shown(policy({ Effect: "Allow", Action: "imagebuilder:List*", Resource: "*" }, passing))).toEqual([]);
    // as it is printed, with a point for the colon and an ARN of five parts
    const printed = {
      Version: "2012-10-17",
      Id: "IBPolicyId1",
      Statement: [
        {
          Sid: "IPAllow",
          Effect: "Allow",
          Principal: "*",
          Action: "imagebuilder.GetComponent:*",
          Resource: "arn:aws:imagebuilder::examplecomponent/*",
          Condition: { IpAddress: { "aws:SourceIp": "54.240.143.0/24" }, NotIpAddress: { "aws:SourceIp": "54.240.143.188/32" } },
        },
      ],
    };
    expect(shown(JSON.stringify(printed), "resource").map((line) => line.replace(/^\S+ /, ""))).toEqual([
      '"Action" of statement 1 must be a service, ":" and an action, such as "imagebuilder:GetImage" or "imagebuilder:List*", or "*"; found "imagebuilder.GetComponent:*" [action-form]',
      'warning: "Resource" of statement 1 has 5 of the 6 parts of an ARN; "*" stands for the others [resource-incomplete] (write "arn:aws:imagebuilder::examplecomponent/*:*")',
    ]);
  });

  test("may be YAML in a file that says so", () => {
    const text = "Version: 2012-10-17\nStatement:\n  - Effect: Allow\n    Action: ['imagebuilder:*']\n    Resource: '*'\n";
    const { policy } = readAccessPolicy(new SourceFile("p.yaml", text), { kind: "identity" });
    expect([policy?.variables, policy?.statements[0]?.actions.values]).toEqual([true, ["imagebuilder:*"]]);
    expect(shown(text)).toEqual(['1:1 not valid JSON: expected a value; found "V" [invalid-json]']);
  });
});

describe("the whole", () => {
  test.each([
    ["[]", ["1:1 the policy must be an object; found a list of 0 [wrong-type]"]],
    ["{}", ['1:1 the policy must have "Statement" [missing-key]']],
    ['{"Statement": []}', ['1:15 "Statement" must not be empty [value-empty]']],
    ['{"Statement": "all"}', ['1:15 "Statement" must be an object; found "all" [wrong-type]']],
    ['{"Statement": [7]}', ["1:16 statement 1 must be an object; found 7 [wrong-type]"]],
    [
      '{"version": "2012-10-17", "Statement": {}}',
      [
        '1:2 the policy: unknown key "version"; allowed: "Id", "Statement" or "Version"; did you mean "Version"? [unknown-key]',
        '1:27 statement 1 must have "Effect" [missing-key]',
        '1:40 statement 1 must have "Action" or "NotAction" [missing-key]',
        '1:40 statement 1 must have "Resource" or "NotResource" [missing-key]',
      ],
    ],
    [
      '{"Version": "2012-10-18", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}',
      ['1:13 "Version" must be "2008-10-17" or "2012-10-17"; found "2012-10-18"; did you mean "2012-10-17"? [value-not-allowed]'],
    ],
    ["", [`1:1 a policy has from 1 to ${LONGEST_POLICY} characters; found 0 characters [policy-length]`]],
    [" ".repeat(30_001), ["1:1 a policy has from 1 to 30000 characters; found 30001 characters [policy-length]"]],
    [
      '{"Statement": {"Effect": "Deny", "Effect": "Allow", "Action": "*", "Resource": "*"}}',
      ['1:34 the key "Effect" is used twice [duplicate-key]'],
    ],
  ])("%.60s", (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  test("all faults of all statements at once, with their numbers", () => {
    const text = policy(
      GOOD,
      { ...GOOD, Effect: "Permit" },
      { ...GOOD, Action: [], Resource: 7 },
      { ...GOOD, Sid: "A" },
      { ...GOOD, Sid: "A" },
    );
    expect(shown(text).map((line) => line.replace(/^\S+ /, ""))).toEqual([
      '"Effect" of statement 2 must be "Allow" or "Deny"; found "Permit" [value-not-allowed]',
      '"Action" of statement 3 must not be empty [value-empty]',
      '"Resource" of statement 3 must be a string or a list of them; found 7 [wrong-type]',
      '"Sid" of statement 5 is "A", as that of statement 4 is [duplicate-sid]',
    ]);
  });
});

describe("parts of a statement", () => {
  test.each<[object, string[]]>([
    [{ Sid: "a/b" }, ['"Sid" of statement 1 must be letters, digits, spaces and "._-"; found "a/b" [value-not-allowed]']],
    [
      { Effects: "Allow" },
      [
        'statement 1: unknown key "Effects"; allowed: "Action", "Condition", "Effect", "NotAction", "NotPrincipal", "NotResource", "Principal", "Resource" or "Sid"; did you mean "Effect"? [unknown-key]',
      ],
    ],
    [
      { Principal: "*" },
      ['statement 1 has "Principal"; a policy of an identity is for that identity, so it has none [principal-of-identity]'],
    ],
    [{ NotAction: "*" }, ['statement 1 has "Action" and "NotAction"; allowed: one of them [both-keys]']],
    [{ NotResource: "*" }, ['statement 1 has "Resource" and "NotResource"; allowed: one of them [both-keys]']],
    [
      { Action: ["imagebuilder:GetImage", "imagebuilder:GetImagee"] },
      [
        'warning: "Action[1]" of statement 1: no operation of the API is "imagebuilder:GetImagee"; allowed: "imagebuilder:" and the name of an operation, also with "*" and "?"; did you mean "imagebuilder:GetImage"? [unknown-action]',
      ],
    ],
    [
      { Effect: "Deny", Action: "imagebuidler:*" },
      [
        '"Action" of statement 1: no operation of the API is "imagebuidler:*"; allowed: "imagebuilder:" and the name of an operation, also with "*" and "?"; did you mean "imagebuilder:*"? [unknown-action]',
      ],
    ],
    [
      { Action: undefined, NotAction: "imagebuilder:Remove*" },
      [
        '"NotAction" of statement 1: no operation of the API is "imagebuilder:Remove*"; allowed: "imagebuilder:" and the name of an operation, also with "*" and "?" [unknown-action]',
      ],
    ],
    [
      { Effect: "Deny", Action: "iam:PassRol" },
      [
        '"Action" of statement 1: no operation of the API is "iam:PassRol"; allowed: "imagebuilder:" and the name of an operation, also with "*" and "?"; did you mean "iam:PassRole"? [unknown-action]',
      ],
    ],
    [{ Action: ["s3:GetObject", "ec2:*", "image*:Get*", "*"] }, []],
    [
      { Action: "imagebuilder:G\u0435tImage" },
      [
        '"Action" of statement 1 must be a service, ":" and an action, such as "imagebuilder:GetImage" or "imagebuilder:List*", or "*"; found "imagebuilder:G\u0435tImage", which has the character U+0435 [action-form]',
      ],
    ],
    [
      { Action: "imagebuilder:" },
      [
        '"Action" of statement 1 must be a service, ":" and an action, such as "imagebuilder:GetImage" or "imagebuilder:List*", or "*"; found "imagebuilder:" [action-form]',
      ],
    ],
    [
      { Resource: "image/*" },
      ['"Resource" of statement 1 must be an ARN, in which "*" and "?" are wildcards, or "*"; found "image/*" [resource-form]'],
    ],
    [
      { Resource: ["*", arn("image/w\u0435b/*")] },
      [
        `"Resource[1]" of statement 1 must be an ARN, in which "*" and "?" are wildcards, or "*"; found "${arn("image/w\u0435b/*")}", which has the character U+0435 [resource-form]`,
      ],
    ],
    [
      { Resource: arn("image/a b") },
      [`"Resource" of statement 1 must be an ARN, in which "*" and "?" are wildcards, or "*"; found "${arn("image/a b")}" [resource-form]`],
    ],
    [
      { Resource: "arn:aws:imagebuilder" },
      [
        'warning: "Resource" of statement 1 has 3 of the 6 parts of an ARN; "*" stands for the others [resource-incomplete] (write "arn:aws:imagebuilder:*:*:*")',
      ],
    ],
    [
      { Resource: arn("image/${aws:username") },
      [
        '"Resource" of statement 1 has a variable that cannot be read: "${aws:username"; allowed: forms such as "${aws:username}", "${aws:PrincipalTag/team, \'none\'}", "${*}", "${?}" or "${$}" [variable-form]',
      ],
    ],
    [
      { Resource: arn("image/${aws:TagKeys}") },
      ['"Resource" of statement 1: "aws:tagkeys" may have several values, so it is no variable [variable-several]'],
    ],
    [
      { Resource: arn("image/${aws:usernam}") },
      [
        'warning: "Resource" of statement 1: no request to this API has the condition key "aws:usernam"; did you mean "aws:username"? [absent-key]',
      ],
    ],
  ])("%j", (statement, expected) => {
    expect(faults(statement)).toEqual(expected);
  });

  test("variables need the version that has them", () => {
    const text = JSON.stringify({ Statement: { ...GOOD, Resource: arn("image/${aws:username}") } });
    expect(shown(text)).toEqual([
      expect.stringContaining(
        'warning: "Resource" of statement 1 has "${", which is a variable only in a policy of "Version" "2012-10-17" [variables-off]',
      ),
    ]);
  });
});

describe("principals of a policy of a resource", () => {
  test.each<[object | string | undefined, string[]]>([
    ["*", []],
    [{ AWS: "*" }, []],
    [{ AWS: ["123456789012", "arn:aws:iam::123456789012:root", "arn:aws-cn:iam::123456789012:user/ops/ada"] }, []],
    [{ AWS: ["arn:aws:iam::123456789012:role/builds", "arn:aws:sts::123456789012:assumed-role/builds/s-1"] }, []],
    [undefined, ['statement 1 must have "Principal" or "NotPrincipal" [missing-key]']],
    [
      "123456789012",
      ['"Principal" of statement 1 must be an object, such as {"AWS": "123456789012"}, or "*"; found "123456789012" [wrong-type]'],
    ],
    [{}, ['"Principal" of statement 1 must not be empty [value-empty]']],
    [
      { aws: "*" },
      [
        '"Principal" of statement 1: unknown kind of principal "aws"; allowed: "AWS", "CanonicalUser", "Federated" or "Service"; did you mean "AWS"? [unknown-key]',
      ],
    ],
    [
      { Service: "ec2.amazonaws.com" },
      ['warning: "Principal" of statement 1: no principal of the kind "Service" calls this API [principal-elsewhere]'],
    ],
    [
      { AWS: "1234" },
      [
        '"Principal.AWS" of statement 1 must be an account of 12 digits, the ARN of an account (…:root), a user or a role, or "*"; found "1234" [principal-form]',
      ],
    ],
    [
      { AWS: ["arn:aws:iam::123456789012:user/*"] },
      [
        '"Principal.AWS[0]" of statement 1 must be an account of 12 digits, the ARN of an account (…:root), a user or a role, or "*"; found "arn:aws:iam::123456789012:user/*" [principal-form] (compare "aws:PrincipalArn" in "Condition" with "ArnLike", which has wildcards)',
      ],
    ],
  ])("%j", (principal, expected) => {
    expect(sharing(principal)).toEqual(expected);
  });

  test("NotPrincipal only denies", () => {
    expect(sharing(undefined, { NotPrincipal: { AWS: "123456789012" } })).toEqual([
      'statement 1 allows everybody except some; "NotPrincipal" is allowed with the effect "Deny" only [not-principal-allowed] (list in "Principal" who is allowed)',
    ]);
    expect(sharing(undefined, { Effect: "Deny", NotPrincipal: { AWS: "123456789012" } })).toEqual([]);
  });
});

describe("conditions", () => {
  const condition = (operator: string, values: unknown, key = "aws:UserAgent") => faults({ Condition: { [operator]: { [key]: values } } });

  test.each<[string, unknown, string]>([
    [
      "NumericEquals",
      ["1", "one"],
      '"Condition.NumericEquals.aws:UserAgent[1]" of statement 1 must be a number, such as 7 or "2.5"; found "one" [condition-value]',
    ],
    [
      "DateLessThan",
      "2026-02-30",
      '"Condition.DateLessThan.aws:UserAgent" of statement 1 must be a date such as "2026-11-29" or "2026-11-29T08:00:00Z", or the seconds since 1970; found "2026-02-30" [condition-value]',
    ],
    ["Bool", "yes", '"Condition.Bool.aws:UserAgent" of statement 1 must be "true" or "false"; found "yes" [condition-value]'],
    ["Null", "no", '"Condition.Null.aws:UserAgent" of statement 1 must be "true" or "false"; found "no" [condition-value]'],
    ["BinaryEquals", "a", '"Condition.BinaryEquals.aws:UserAgent" of statement 1 must be bytes in base64; found "a" [condition-value]'],
    [
      "IpAddress",
      "10.0.0.0/33",
      '"Condition.IpAddress.aws:UserAgent" of statement 1 must be an IP address or a range such as "192.0.2.0/24" or "2001:db8::/32"; found "10.0.0.0/33" [condition-value]',
    ],
    [
      "ArnLike",
      "arn:aws:sns",
      '"Condition.ArnLike.aws:UserAgent" of statement 1 must be an ARN of six parts with colons between, in which "*" and "?" are wildcards, or "*"; found "arn:aws:sns" [condition-value]',
    ],
    ["StringLike", [], '"Condition.StringLike.aws:UserAgent" of statement 1 must not be empty [value-empty]'],
    [
      "StringLike",
      { a: 1 },
      '"Condition.StringLike.aws:UserAgent" of statement 1 must be a string, a number, a boolean or a list of them; found an object [wrong-type]',
    ],
    [
      "StringLike",
      "${a}",
      '"Condition.StringLike.aws:UserAgent" of statement 1 has a variable that cannot be read: "${a}"; allowed: forms such as "${aws:username}", "${aws:PrincipalTag/team, \'none\'}", "${*}", "${?}" or "${$}" [variable-form]',
    ],
  ])("%s %j", (operator, values, expected) => {
    expect(condition(operator, values)).toEqual([expected]);
  });

  test("operators and keys that do not exist", () => {
    const operators =
      'allowed: "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "BinaryEquals", "Bool", "DateEquals", "DateGreaterThan", "DateGreaterThanEquals", "DateLessThan", "DateLessThanEquals", "DateNotEquals", "IpAddress", "NotIpAddress", "Null", "NumericEquals", "NumericGreaterThan", "NumericGreaterThanEquals", "NumericLessThan", "NumericLessThanEquals", "NumericNotEquals", "StringEquals", "StringEqualsIgnoreCase", "StringLike", "StringNotEquals", "StringNotEqualsIgnoreCase" or "StringNotLike"';
    const help = '(all but "Null" may have "ForAllValues:" or "ForAnyValue:" before and "IfExists" behind)';
    for (const [name, meant] of [
      ["StringEqual", '; did you mean "StringEquals"?'],
      ["stringEquals", '; did you mean "StringEquals"?'],
      ["__proto__", ""],
      ["constructor", ""],
    ] as const) {
      const text = policy(GOOD).replace('"Resource"', `"Condition":{"${name}":{"aws:UserAgent":"a"}},"Resource"`);
      expect(shown(text).map((line) => line.replace(/^\S+ /, ""))).toEqual([
        `"Condition" of statement 1: unknown operator "${name}"; ${operators}${meant} [unknown-operator] ${help}`,
      ]);
    }
    for (const name of [
      "NullIfExists",
      "ForAllValues:Null",
      "ForAllValues:ForAnyValue:StringLike",
      "StringLikeIfExistsIfExists",
      "IfExists",
    ])
      expect(condition(name, "true")).toEqual([expect.stringContaining("[unknown-operator]")]);
    expect(condition("StringLike", "a", "imagebuilder:CreatedResourceTags/a")).toEqual([
      '"Condition.StringLike" of statement 1: unknown condition key "imagebuilder:CreatedResourceTags/a"; allowed: "imagebuilder:CreatedResourceTag/<key>", "imagebuilder:CreatedResourceTagKeys", "imagebuilder:Ec2MetadataHttpTokens", "imagebuilder:LifecyclePolicyResourceType", "imagebuilder:ResourceTag/<key>" or "imagebuilder:StatusTopicArn"; did you mean "imagebuilder:CreatedResourceTagKeys"? [unknown-key]',
    ]);
    expect(condition("StringLike", "a", "aws:PrincipalOrgID")).toEqual([
      expect.stringMatching(
        /^warning: "Condition.StringLike" of statement 1: no request to this API has the condition key "aws:PrincipalOrgID"/,
      ),
    ]);
    expect(condition("StringLike", "a", "aws:S\u043eurceIp")).toEqual([
      '"Condition.StringLike" of statement 1: the condition key "aws:S\u043eurceIp" must be a service or "aws", ":" and a name, such as "aws:SourceIp", which has the character U+043E [key-form]',
    ]);
    expect(condition("StringEquals", "a", "aws:TagKeys")).toEqual([
      'warning: "Condition.StringEquals" of statement 1: "aws:TagKeys" may have several values, and "StringEquals" does not say which count [several-values] (use "ForAllValues:StringEquals" or "ForAnyValue:StringEquals")',
    ]);
    expect(faults({ Action: "s3:ListBucket", Condition: { StringLike: { "s3:prefix": "a/*" } } })).toEqual([]);
  });

  test("shapes", () => {
    expect(faults({ Condition: [] })).toEqual([
      '"Condition" of statement 1 must be an object of operators; found a list of 0 [wrong-type]',
    ]);
    expect(faults({ Condition: { Bool: "true" } })).toEqual([
      '"Condition.Bool" of statement 1 must be an object of condition keys; found "true" [wrong-type]',
    ]);
  });
});

describe("hostile texts", () => {
  test("at most 100 faults are reported", () => {
    const reported = shown(policy({ ...GOOD, Action: Array.from({ length: 5000 }, () => "x") }));
    expect(reported).toHaveLength(101);
    expect(reported.at(-1)).toMatch(/the policy has 100 faults up to here; no others are shown \[too-many-faults\]$/);
  });

  test("deep, broken and strange texts are refused", () => {
    const deep = "[".repeat(14_000) + "]".repeat(14_000);
    for (const text of [
      `{"Statement": ${deep}}`,
      `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": ${deep}}}}}`,
      `{"Statement": {"__proto__": {"Effect": "Allow"}, "constructor": 1, "Action": "*", "Resource": "*"}}`,
      `{"__proto__": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}`,
      '{"Statement": {"Effect": "Allow", "Principal": {"__proto__": "*"}, "Action": "*", "Resource": "*"}}',
      "\ud800",
      "{",
    ]) {
      const { policy, diagnostics } = readAccessPolicy(text, { kind: "resource" });
      expect([text.slice(0, 40), policy, diagnostics.length > 0]).toEqual([text.slice(0, 40), undefined, true]);
    }
  });

  test("variables that never end take no time", () => {
    const value = arn(`image/${"${aws:x,'".repeat(3000)}`);
    expect(faults({ Resource: value })).toEqual([expect.stringContaining("[variable-form]")]);
    expect(faults({ Resource: arn(`image/${"${*}".repeat(7000)}`) })).toEqual([]);
  });
});

import fc from "fast-check";
import { ACCOUNT, ADA, arn, OTHER, ROOT } from "./builders.js";

const oneOrMore = <Value>(value: fc.Arbitrary<Value>) => fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }));
const either = (name: string, value: fc.Arbitrary<unknown>) =>
  fc.tuple(fc.constantFrom(name, name, name, `Not${name}`), value).map(([key, found]) => ({ [key]: found }));

const actions = fc.constantFrom(
  "*",
  "imagebuilder:*",
  "imagebuilder:Get*",
  "IMAGEBUILDER:getimage",
  "imagebuilder:?etImage",
  "imagebuilder:DeleteImage",
  "iam:PassRole",
  "s3:*",
);
const resources = fc.constantFrom(
  "*",
  arn("image/*"),
  arn("image/ada/1.0.0/1"),
  arn("image/ada/?.0.0/*"),
  arn("image/${aws:username}/*"),
  arn("*/${aws:PrincipalTag/team}/*"),
  arn("image/*", OTHER),
  "arn:aws:imagebuilder:*:*:image/*a/1.0.0*",
  "arn:*",
);
const principals = fc.constantFrom("*", ACCOUNT, OTHER, ADA, ROOT);

const tests = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      "StringEquals",
      "StringNotEquals",
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
      "StringLike",
      "StringNotLike",
    ),
    fc.constantFrom("aws:ResourceTag/team", "AWS:RequestTag/Team", "aws:TagKeys", "aws:username"),
    fc.constantFrom("a", "A", "a*", "?", "*", "ada", "${aws:username}", "${aws:PrincipalTag/team}", "x${aws:PrincipalTag/team}"),
  ),
  fc.tuple(
    fc.constantFrom(
      "NumericEquals",
      "NumericNotEquals",
      "NumericLessThan",
      "NumericLessThanEquals",
      "NumericGreaterThan",
      "NumericGreaterThanEquals",
    ),
    fc.constantFrom("aws:EpochTime", "aws:ResourceTag/team"),
    fc.constantFrom("7", "7.0", "-1", "100"),
  ),
  fc.tuple(
    fc.constantFrom("DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"),
    fc.constantFrom("aws:CurrentTime"),
    fc.constantFrom("2026-01-01", "2026-01-01T00:00:00Z", "2026-06-01T12:30:00+02:00"),
  ),
  fc.tuple(fc.constantFrom("Bool"), fc.constantFrom("aws:SecureTransport"), fc.constantFrom("true", "false", "True")),
  fc.tuple(
    fc.constantFrom("IpAddress", "NotIpAddress"),
    fc.constantFrom("aws:SourceIp"),
    fc.constantFrom("10.0.0.0/8", "10.1.0.0/17", "10.1.2.3", "0.0.0.0/0"),
  ),
  fc.tuple(
    fc.constantFrom("ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals"),
    fc.constantFrom("aws:PrincipalArn", "imagebuilder:StatusTopicArn"),
    fc.constantFrom(ADA, `arn:aws:iam::*:user/*`, "arn:aws:sns:*:*:a?a", `arn:aws:iam::${ACCOUNT}:user/\${aws:username}`),
  ),
);
const conditions = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom("", "", "ForAllValues:", "ForAnyValue:"), tests, fc.constantFrom("", "", "IfExists"), fc.option(fc.nat(3)))
        .map(([before, [operator, key, value], behind, more]): [string, string, unknown] => [
          `${before}${operator}${behind}`,
          key,
          more === null ? value : [value, value],
        ]),
      fc.tuple(
        fc.constant("Null"),
        fc.constantFrom("aws:TagKeys", "aws:ResourceTag/team"),
        fc.constantFrom<unknown>("true", "false", true),
      ),
    ),
    { maxLength: 2 },
  )
  .map((list) => ({ Condition: Object.fromEntries(list.map(([operator, key, values]) => [operator, { [key]: values }])) }));

const effects = fc.constantFrom("Allow", "Allow", "Deny");
const common = fc.tuple(effects, either("Action", oneOrMore(actions)), either("Resource", oneOrMore(resources)), conditions);

export const identityStatement = common.map(([Effect, ...parts]): object => Object.assign({ Effect }, ...parts) as object);
export const resourceStatement = fc
  .tuple(common, oneOrMore(principals), fc.boolean())
  .map(
    ([[Effect, ...parts], AWS, not]): object =>
      Object.assign({ Effect, [not && Effect === "Deny" ? "NotPrincipal" : "Principal"]: { AWS } }, ...parts) as object,
  );

const few = (statement: fc.Arbitrary<object>) => fc.array(statement, { minLength: 1, maxLength: 3 });

/** Statements of policies of identities, and of one of the resource, and a request about that. */
export const cases = fc.record({
  identity: fc.array(few(identityStatement), { maxLength: 2 }),
  resource: fc.option(few(resourceStatement), { nil: undefined }),
  version: fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17"),
  principal: fc.constantFrom(ADA, ADA, ADA, ROOT, `arn:aws:iam::${ACCOUNT}:user/ops/a*a`),
  action: fc.constantFrom("imagebuilder:GetImage", "imagebuilder:DeleteImage", "imagebuilder:TagResource", "iam:PassRole"),
  arn: fc.constantFrom(
    arn("image/ada/1.0.0/1"),
    arn("image/web/1.0.0/1"),
    arn("image/ada/1.0.0/1", OTHER),
    arn("image/a*a/1.0.0/1"),
    arn("image/ada/1.0.0", "aws"),
    "*",
  ),
  tags: fc.constantFrom(undefined, {}, { team: "a" }, { team: "7" }, { team: "ada" }),
  conditionKeys: fc.record(
    {
      "aws:TagKeys": fc.constantFrom<string[]>([], ["a"], ["a", "team"]),
      "aws:RequestTag/team": fc.constantFrom("a", "A", "ab"),
      "aws:PrincipalTag/Team": fc.constantFrom("a", "ada", "*"),
      "aws:EpochTime": fc.constantFrom("7", "8", "none"),
      "aws:CurrentTime": fc.constantFrom("2026-01-01T00:00:00Z", "2026-06-01T10:30:00Z", "2027-01-01"),
      "aws:SecureTransport": fc.constantFrom("true", "false"),
      "aws:SourceIp": fc.constantFrom("10.1.2.3", "10.200.0.1", "192.0.2.1"),
      "imagebuilder:StatusTopicArn": fc.constantFrom("arn:aws:sns:eu-west-1:1:ada", "arn:aws:sns:eu-west-1:1:a:a", "ada"),
    },
    { requiredKeys: [] },
  ),
});

export type AccessCase = typeof cases extends fc.Arbitrary<infer Case> ? Case : never;

import { describe, expect, test } from "@jest/globals";
import { evaluateAccess, type ConditionValues } from "../index.js";
import { ADA, arn, compiled } from "../testing/builders.js";

/** Whether a condition holds: what a statement with it allows. */
function holds(operator: string, values: unknown, conditionKeys: ConditionValues, key = "aws:UserAgent"): boolean {
  const policy = compiled({ Effect: "Allow", Action: "*", Resource: "*", Condition: { [operator]: { [key]: values } } });
  const request = { principal: ADA, action: "imagebuilder:GetImage", resources: [{ arn: arn("image/a/1.0.0/1") }], conditionKeys };
  return evaluateAccess({ identityPolicies: [policy], request }).allowed;
}
const one = (operator: string, value: unknown, found: string) => holds(operator, value, { "aws:UserAgent": found });

describe("comparisons of one value", () => {
  test.each<[string, unknown, string[], string[]]>([
    ["StringEquals", "a*", ["a*"], ["A*", "ab", ""]],
    ["StringEquals", ["a", "b"], ["a", "b"], ["c", "ab"]],
    ["StringEquals", "${*}${$}", ["*$"], ["a$"]],
    ["StringEquals", 7, ["7"], ["7.0"]],
    ["StringNotEquals", ["a", "b"], ["c", "A"], ["a", "b"]],
    ["StringEqualsIgnoreCase", "Ä", ["ä", "Ä"], ["a"]],
    ["StringNotEqualsIgnoreCase", "A", ["b"], ["a", "A"]],
    ["StringLike", "a*c?", ["acd", "abcd", "accd"], ["ac", "abc", "xacd", "ACD"]],
    ["StringLike", "a${*}", ["a*"], ["ab"]],
    ["StringLike", "${aws:username}-*", ["ada-1", "ada-"], ["bob-1"]],
    ["StringNotLike", ["a*", "b"], ["c", "bb"], ["a", "b"]],
    ["NumericEquals", 10, ["10", "10.0", "1e1"], ["11", "ten", "", "0x0a"]],
    ["NumericNotEquals", "10", ["11", "ten"], ["10.0"]],
    ["NumericLessThan", "2.5", ["2.4", "-3"], ["2.5", "3", "x"]],
    ["NumericLessThanEquals", 2, ["2", "1"], ["2.01"]],
    ["NumericGreaterThan", 2, ["2.01"], ["2", "1"]],
    ["NumericGreaterThanEquals", [2, 9], ["2", "3"], ["1"]],
    ["DateEquals", "2026-01-01", ["2026-01-01T00:00:00Z", "2026", "1767225600", "2026-01-01T01:00:00+01:00"], ["2026-01-02", "now"]],
    ["DateNotEquals", "2026-01", ["2026-02"], ["2026-01-01T00:00:00.000Z"]],
    ["DateLessThan", "2026-11-29T12:00:00-02:00", ["2026-11-29T13:59:59.999Z"], ["2026-11-29T14:00:00Z"]],
    ["DateLessThanEquals", "2024-02-29", ["2024-02-29"], ["2024-02-29T00:00:01Z"]],
    ["DateGreaterThan", "0", ["1"], ["0", "2026-02-30", "2026-13-01", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00+15:00"]],
    ["DateGreaterThanEquals", "2026-01-01T00:00:00.5Z", ["2026-01-01T00:00:00.500Z"], ["2026-01-01T00:00:00.499Z"]],
    ["Bool", "true", ["true", "TRUE"], ["false", "1", ""]],
    ["Bool", false, ["false"], ["true", "no"]],
    ["BinaryEquals", "QmFy", ["QmFy"], ["qmfy", "QmFyCg=="]],
    [
      "IpAddress",
      "192.0.2.0/24",
      ["192.0.2.0", "192.0.2.255", "::ffff:192.0.2.9", "::ffff:c000:209"],
      ["192.0.3.0", "x", "192.0.2", "192.0.2.01", "::192.0.2.1"],
    ],
    ["IpAddress", "192.0.2.9/24", ["192.0.2.1"], ["192.0.1.9"]],
    ["IpAddress", ["10.0.0.1", "0.0.0.0/0"], ["10.0.0.1", "255.255.255.255"], ["::1"]],
    ["IpAddress", "2001:db8::/33", ["2001:db8::", "2001:0DB8:7fff::1"], ["2001:db8:8000::", "2001:db9::", "2001:db8:::1", "2001:db8::1::"]],
    ["IpAddress", "::1", ["::1", "0:0:0:0:0:0:0:1"], ["::2", "::", "127.0.0.1"]],
    ["IpAddress", "::/0", ["::1", "2001:db8::"], ["192.0.2.1"]],
    ["IpAddress", "::ffff:192.0.2.0/120", ["192.0.2.7"], ["192.0.3.7"]],
    ["NotIpAddress", "192.0.2.0/24", ["192.0.3.1", "::1", "x"], ["192.0.2.1", "::ffff:192.0.2.1"]],
    [
      "ArnEquals",
      "arn:aws:sns:*:1:t*",
      ["arn:aws:sns:eu-west-1:1:topic", "arn:aws:sns::1:t:x"],
      ["arn:aws:sns:a:b:1:t", "arn:aws:sns:x:2:t", "topic"],
    ],
    ["ArnLike", "*", ["arn:aws:sns:eu-west-1:1:topic"], ["topic", "arn:aws:sns"]],
    ["ArnLike", "arn:aws:iam::*:user/${aws:username}", ["arn:aws:iam::1:user/ada"], ["arn:aws:iam::1:user/bob"]],
    ["ArnNotEquals", "arn:aws:sns:*:1:t*", ["arn:aws:sns:x:2:t", "topic"], ["arn:aws:sns:x:1:t"]],
    ["ArnNotLike", ["arn:aws:sns:*:1:t*", "arn:aws:sns:*:2:t*"], ["arn:aws:sns:x:3:t"], ["arn:aws:sns:x:2:t"]],
  ])("%s %j", (operator, values, fitting, others) => {
    expect(fitting.filter((found) => !one(operator, values, found))).toEqual([]);
    expect(others.filter((found) => one(operator, values, found))).toEqual([]);
  });
});

describe("a key that the request does not have", () => {
  test.each([
    ["StringEquals", "a", false],
    ["StringNotEquals", "a", true],
    ["StringEqualsIfExists", "a", true],
    ["StringNotLikeIfExists", "a", true],
    ["NumericLessThan", "1", false],
    ["NumericNotEquals", "1", true],
    ["DateGreaterThanIfExists", "2026", true],
    ["Bool", "false", false],
    ["BoolIfExists", "true", true],
    ["IpAddress", "0.0.0.0/0", false],
    ["NotIpAddress", "0.0.0.0/0", true],
    ["ArnNotLike", "*", true],
    ["Null", "true", true],
    ["Null", "false", false],
    ["Null", ["true", "false"], true],
    ["ForAllValues:StringEquals", "a", true],
    ["ForAllValues:StringNotEquals", "a", true],
    ["ForAnyValue:StringEquals", "a", false],
    ["ForAnyValue:StringNotEquals", "a", false],
    ["ForAnyValue:StringEqualsIfExists", "a", true],
  ])("%s %j: %s", (operator, values, expected) => {
    expect(holds(operator, values, {})).toBe(expected);
    expect(holds(operator, values, { "aws:UserAgent": [] })).toBe(expected);
    expect(holds(operator, values, { "aws:UserAgent": undefined })).toBe(expected);
  });

  test("is not one whose value is empty", () => {
    expect(holds("Null", "true", { "aws:UserAgent": "" })).toBe(false);
    expect(holds("StringEquals", "", { "aws:UserAgent": "" })).toBe(true);
  });
});

describe("a key with several values", () => {
  test.each<[string, string[], string[], boolean]>([
    ["ForAllValues:StringEquals", ["a", "b"], ["a"], true],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "b", "c"], false],
    ["ForAllValues:StringNotEquals", ["a"], ["b", "c"], true],
    ["ForAllValues:StringNotEquals", ["a"], ["a", "c"], false],
    ["ForAnyValue:StringLike", ["a*"], ["x", "ab"], true],
    ["ForAnyValue:StringLike", ["a*"], ["x"], false],
    ["ForAnyValue:StringNotLike", ["a*"], ["ab", "x"], true],
    ["ForAnyValue:StringNotLike", ["a*"], ["ab"], false],
    ["StringEquals", ["a"], ["x", "a"], true],
    ["StringNotEquals", ["a"], ["x", "a"], false],
    ["StringNotEquals", ["a"], ["x", "y"], true],
  ])("%s %j, found %j: %s", (operator, values, found, expected) => {
    expect(holds(operator, values, { "aws:TagKeys": found }, "aws:TagKeys")).toBe(expected);
  });
});

test("names of keys have no case, tags whose names differ in case only have both values", () => {
  expect(holds("StringEquals", "b", { "AWS:useragent": "b" })).toBe(true);
  const both = { "aws:RequestTag/team": "a", "aws:RequestTag/Team": "b" };
  expect(holds("StringEquals", "a", both, "aws:RequestTag/TEAM")).toBe(true);
  expect(holds("StringNotEquals", "b", both, "aws:RequestTag/team")).toBe(false);
});

test("all operators, and all keys under one, have to hold", () => {
  const Condition = { StringEquals: { "aws:UserAgent": "a", "aws:SourceIp": "10.0.0.1" }, Bool: { "aws:SecureTransport": "true" } };
  const identityPolicies = [compiled({ Effect: "Allow", Action: "*", Resource: "*", Condition })];
  const allowed = (conditionKeys: ConditionValues) =>
    evaluateAccess({
      identityPolicies,
      request: { principal: ADA, action: "imagebuilder:ListImages", resources: [{ arn: "*" }], conditionKeys },
    }).allowed;
  const all = { "aws:UserAgent": "a", "aws:SourceIp": "10.0.0.1", "aws:SecureTransport": "true" };
  expect(allowed(all)).toBe(true);
  for (const key of Object.keys(all)) expect([key, allowed({ ...all, [key]: "x" })]).toEqual([key, false]);
});

import { describe, expect, test } from "@jest/globals";
import { faultsOf } from "../testing/faults-of.js";

const check = (inputs: string) => faultsOf("UpdateOS", inputs);
const notAnUpdate = (list: string, found: string) =>
  `${found} | each item of "${list}" must be the number of a KB article, such as KB1234567 or 1234567, or a name of updates in which * stands for any characters, such as *Security*; found "${found}"`;

describe("chapter 19: the inputs of UpdateOS on Windows", () => {
  test.each([
    ["none", ""],
    ["empty lists", "include: []\nexclude: []"],
    ["numbers of articles, with and without KB", "include: [KB1234567, kb1234567, 1234567]"],
    ["names with a wildcard", "include: ['Security*', '*Security*', '* Security Update (x64) *']\nexclude: ['*']"],
    ["a reference", "include: ['{{ Anything }}']\nexclude: '{{ aws:ssm:/updates }}'"],
  ])("%s: no fault", (_title, inputs) => {
    expect(check(inputs)).toEqual([]);
  });

  test.each([
    ["an item is neither the number of an article nor a name with a wildcard", "include: [Security]", [notAnUpdate("include", "Security")]],
    ["the same in exclude", "exclude: ['*Security*', ec2-hibinit-agent]", [notAnUpdate("exclude", "ec2-hibinit-agent")]],
    ["a list is one text", "include: KB1234567", ['KB1234567 | "include" must be a list; found "KB1234567"']],
    [
      "an unknown key",
      "includes: [KB1234567]",
      ['includes | the inputs of UpdateOS: unknown key "includes"; allowed: "exclude" or "include"; did you mean "include"?'],
    ],
  ])("%s", (_title, inputs, expected) => {
    expect(check(inputs)).toEqual(expected);
  });
});

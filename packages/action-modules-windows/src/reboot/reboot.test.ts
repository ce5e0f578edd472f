import { describe, expect, test } from "@jest/globals";
import { faultsOf } from "../testing/faults-of.js";

const check = (inputs: string) => faultsOf("Reboot", inputs);

describe("chapter 19: the inputs of Reboot on Windows", () => {
  test.each([
    ["none", ""],
    ["an empty mapping", "{}"],
    ["a key without a value", "delaySeconds:"],
    ["no delay", "delaySeconds: 0"],
    ["a delay", "delaySeconds: 60"],
    ["a delay by a reference", "delaySeconds: '{{ Anything }}'"],
  ])("%s: no fault", (_title, inputs) => {
    expect(check(inputs)).toEqual([]);
  });

  test.each([
    ["delaySeconds is negative", "delaySeconds: -1", ['-1 | "delaySeconds" must be at least 0; found "-1"']],
    ["delaySeconds is not a whole number", "delaySeconds: soon", ['soon | "delaySeconds" must be a whole number; found "soon"']],
    [
      "an unknown key",
      "delay: 5",
      ['delay | the inputs of Reboot: unknown key "delay"; allowed: "delaySeconds"; did you mean "delaySeconds"?'],
    ],
  ])("%s", (_title, inputs, expected) => {
    expect(check(inputs)).toEqual(expected);
  });
});

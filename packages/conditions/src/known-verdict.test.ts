import { expect, test } from "@jest/globals";
import { knownVerdict } from "./index.js";

const UNKNOWN = Symbol("not known yet");
const TRUE = { stringEquals: "a", value: "a" };
const FALSE = { numberLessThan: 2, value: "10" };
const OPEN = { fileExists: "/a" };

test.each<[unknown, boolean | undefined]>([
  [TRUE, true],
  [[TRUE], true],
  [FALSE, false],
  [{ stringIsEmpty: "" }, true],
  [{ patternmatches: "^b", value: "abc" }, false],
  [{ ...TRUE, then: "Skip", else: "Abort" }, true],
  [OPEN, undefined],
  [{ folderExists: "/" }, undefined],
  [{ binaryExists: "if" }, undefined],
  [{ fileMD5Equals: "0".repeat(32), path: "/a" }, undefined],
  [{ stringEquals: "a", value: UNKNOWN }, undefined],
  [{ stringEquals: UNKNOWN, value: "a" }, undefined],
  [{ not: FALSE }, true],
  [{ not: OPEN }, undefined],
  [{ and: [OPEN, FALSE] }, false],
  [{ and: [TRUE, OPEN] }, undefined],
  [{ and: [TRUE, TRUE] }, true],
  [{ or: [OPEN, TRUE] }, true],
  [{ or: [FALSE, OPEN] }, undefined],
  [{ or: [FALSE, { not: [TRUE] }] }, false],
  // nothing is known of data that is not a condition
  [{ numberEquals: "ten", value: "1" }, undefined],
  [{ patternMatches: "(", value: "1" }, undefined],
  [{ stringEquals: "a" }, undefined],
  [{ and: [] }, undefined],
  [{ and: TRUE }, undefined],
  [{ stringEqual: "a", value: "a" }, undefined],
  ["true", undefined],
  [undefined, undefined],
])("%p: %p", (condition, expected) => expect(knownVerdict(condition)).toBe(expected));

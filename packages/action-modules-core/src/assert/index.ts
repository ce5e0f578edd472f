import { defineAction } from "@imagewright/action-contract";
import { checkCondition } from "@imagewright/conditions";
import { assertCondition } from "./run.js";

export const assert = defineAction({
  name: "Assert",
  summary: "Succeeds if a condition is true, and fails if it is false.",
  platforms: ["linux", "darwin", "windows"],
  // the keys are the operators of a condition; checkCondition knows them
  input: { shape: "single", schema: { type: "object", properties: {}, additionalProperties: true } },
  effects: "files",
  outputs: {},
  check: (condition) => checkCondition(condition),
  run: assertCondition,
});

import { defineAction } from "@imagewright/action-contract";
import { updateWindows } from "./run.js";

const update = {
  type: "string",
  pattern: "^([Kk][Bb])?[0-9]+$|\\*",
  patternDescription:
    "the number of a KB article, such as KB1234567 or 1234567, or a name of updates in which * stands for any characters, such as *Security*",
} as const;

export const updateOsOnWindows = defineAction({
  name: "UpdateOS",
  summary: "Installs the updates that the machine's update source has.",
  platforms: ["windows"],
  input: {
    shape: "single",
    optional: true,
    schema: {
      type: "object",
      properties: {
        include: { type: "array", items: update, description: "The updates that may be installed, in place of all." },
        exclude: { type: "array", items: update, description: "The updates that must not be installed, whatever include says." },
      },
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: {},
  run: updateWindows,
});

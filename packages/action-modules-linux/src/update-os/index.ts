import { defineAction } from "@imagewright/action-contract";
import { updateOs as run } from "./run.js";

// the pattern also keeps options, versions and paths out of the package managers' command lines
const packageName = {
  type: "string",
  pattern: "^[A-Za-z0-9*][A-Za-z0-9*+._:~-]*$",
  patternDescription: "the name of a package, in which * matches any characters",
} as const;

export const updateOs = defineAction({
  name: "UpdateOS",
  summary: "Installs the updates available from the machine's package sources.",
  platforms: ["linux"],
  input: {
    shape: "single",
    optional: true,
    schema: {
      type: "object",
      properties: {
        include: {
          type: "array",
          items: packageName,
          description: "The packages that may be updated; all by default.",
        },
        exclude: {
          type: "array",
          items: packageName,
          description: "The packages that must not be updated, even if include lists them.",
        },
      },
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: {},
  run,
});

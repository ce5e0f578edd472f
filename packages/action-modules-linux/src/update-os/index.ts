import { defineAction } from "@imagewright/action-contract";
import { updateOs as run } from "./run.js";

// the pattern also keeps what would be an option, a version or a path out of the command lines of package managers
const packageName = {
  type: "string",
  pattern: "^[A-Za-z0-9*][A-Za-z0-9*+._:~-]*$",
  patternDescription: "the name of a package, in which * stands for any characters",
} as const;

export const updateOs = defineAction({
  name: "UpdateOS",
  summary: "Installs the updates that the machine's package sources have.",
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
          description: "The packages that may be updated, in place of all.",
        },
        exclude: {
          type: "array",
          items: packageName,
          description: "The packages that must not be updated, whatever include says.",
        },
      },
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: {},
  run,
});

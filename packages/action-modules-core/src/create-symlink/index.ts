import { defineAction } from "@imagewright/action-contract";
import { fileNameFaults } from "../files/input-faults.js";
import { createSymlink as run } from "./run.js";

export const createSymlink = defineAction({
  name: "CreateSymlink",
  summary: "Creates a symbolic link and its parent folders.",
  platforms: ["linux", "darwin"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: { type: "string", minLength: 1, description: "The path of the link; a relative path starts in the working directory." },
        target: {
          type: "string",
          minLength: 1,
          description: "The target of the link, which must exist; a relative path starts in the folder of the link.",
        },
        force: {
          type: "boolean",
          default: false,
          description: "Whether an existing link is replaced; if false, an existing link is an error.",
        },
      },
      required: ["path", "target"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  check: ({ path }, platform) => fileNameFaults("path", path, platform),
  run,
});

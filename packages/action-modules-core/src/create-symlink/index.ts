import { defineAction } from "@imagewright/action-contract";
import { fileNameFaults } from "../files/input-faults.js";
import { createSymlink as run } from "./run.js";

export const createSymlink = defineAction({
  name: "CreateSymlink",
  summary: "Creates a symbolic link and the folders above it.",
  platforms: ["linux", "darwin"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: { type: "string", minLength: 1, description: "Where the link goes; a relative path starts in the working directory." },
        target: {
          type: "string",
          minLength: 1,
          description: "What the link leads to, which has to exist; a relative path starts in the folder of the link.",
        },
        force: {
          type: "boolean",
          default: false,
          description: "Whether a link of the same name is replaced; if false, such a link is an error.",
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

import { defineAction } from "@imagewright/action-contract";
import { fileNameFaults } from "@imagewright/action-modules-core";
import { setFileOwner as run } from "./run.js";

export const setFileOwner = defineAction({
  name: "SetFileOwner",
  summary: "Changes the owner and the group of an existing file.",
  platforms: ["linux", "darwin"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: {
          type: "string",
          minLength: 1,
          description: "The file; a relative path starts in the working directory. A link is followed.",
        },
        owner: { type: "string", minLength: 1, description: "The new owner, by name or id." },
        group: { type: "string", minLength: 1, description: "The new group, by name or id; the owner's primary group by default." },
      },
      required: ["path", "owner"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  check: ({ path }, platform) => fileNameFaults("path", path, platform),
  run,
});

import { defineAction } from "@imagewright/action-contract";
import { setFolderOwner as run } from "./run.js";

export const setFolderOwner = defineAction({
  name: "SetFolderOwner",
  summary: "Changes the owner and the group of an existing folder and of everything in it.",
  platforms: ["linux", "darwin"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: {
          type: "string",
          minLength: 1,
          description: "The folder; a relative path starts in the working directory. A link is followed.",
        },
        owner: { type: "string", minLength: 1, description: "The new owner, by name or id." },
        group: { type: "string", minLength: 1, description: "The new group, by name or id; the owner's primary group by default." },
        recursive: {
          type: "boolean",
          default: true,
          description: "Whether everything in the folder changes too; if false, only the folder itself changes.",
        },
      },
      required: ["path", "owner"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  run,
});

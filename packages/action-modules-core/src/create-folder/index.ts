import { defineAction } from "@imagewright/action-contract";
import { ownershipFaults } from "../files/input-faults.js";
import { permissionsProperty } from "../files/permissions.js";
import { createFolder as run } from "./run.js";

export const createFolder = defineAction({
  name: "CreateFolder",
  summary: "Creates a folder and the folders above it.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: { type: "string", minLength: 1, description: "Where the folder goes; a relative path starts in the working directory." },
        owner: {
          type: "string",
          minLength: 1,
          description: "The user who owns the folder, by name or id; else the user who runs the document. Not on Windows.",
        },
        group: {
          type: "string",
          minLength: 1,
          description: "The group of the folder, by name or id; else the group of the user who runs the document. Not on Windows.",
        },
        permissions: permissionsProperty(
          "The permissions of the folder in octal, set exactly; else a new folder has 0777 less the umask. Not on Windows.",
        ),
        overwrite: {
          type: "boolean",
          default: true,
          description: "Whether a folder that exists is accepted; its content stays. If false, such a folder is an error.",
        },
      },
      required: ["path"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  check: ownershipFaults,
  run,
});

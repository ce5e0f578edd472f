import { defineAction } from "@imagewright/action-contract";
import { ownershipFaults } from "../files/input-faults.js";
import { permissionsProperty } from "../files/permissions.js";
import { windowsNameFaults } from "../files/windows-names.js";
import { createFolder as run } from "./run.js";

export const createFolder = defineAction({
  name: "CreateFolder",
  summary: "Creates a folder and its parent folders.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: { type: "string", minLength: 1, description: "The path of the folder; a relative path starts in the working directory." },
        owner: {
          type: "string",
          minLength: 1,
          description: "The owner of the folder, by name or id; by default the user who runs the document. Not on Windows.",
        },
        group: {
          type: "string",
          minLength: 1,
          description: "The group of the folder, by name or id; by default the group of the user who runs the document. Not on Windows.",
        },
        permissions: permissionsProperty(
          "The permissions of the folder in octal, set exactly; by default 0777 minus the umask for a new folder. Not on Windows.",
        ),
        overwrite: {
          type: "boolean",
          default: true,
          description: "Whether an existing folder is accepted, with its content. If false, an existing folder is an error.",
        },
      },
      required: ["path"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  check: (input, platform) => [...windowsNameFaults("path", input.path, platform), ...ownershipFaults(input, platform)],
  run,
});

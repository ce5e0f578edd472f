import { defineAction } from "@imagewright/action-contract";
import { fileNameFaults, ownershipFaults } from "../files/input-faults.js";
import { permissionsProperty } from "../files/permissions.js";
import { encodingProperty } from "../files/text-encoding.js";
import { createFile as run } from "./run.js";

export const createFile = defineAction({
  name: "CreateFile",
  summary: "Creates a file with a given text, and its parent folders.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: { type: "string", minLength: 1, description: "The path of the file; a relative path starts in the working directory." },
        content: { type: "string", default: "", description: "The text of the file." },
        encoding: encodingProperty,
        owner: {
          type: "string",
          minLength: 1,
          description: "The owner of the file, by name or id; by default the user who runs the document. Not on Windows.",
        },
        group: {
          type: "string",
          minLength: 1,
          description: "The group of the file, by name or id; by default the group of the user who runs the document. Not on Windows.",
        },
        permissions: permissionsProperty(
          "The permissions of the file in octal, set exactly; by default 0666 minus the umask for a new file. Not on Windows.",
        ),
        overwrite: {
          type: "boolean",
          default: true,
          description: "Whether the content of an existing file is replaced; if false, an existing file is an error.",
        },
      },
      required: ["path"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  check: (input, platform) => [...fileNameFaults("path", input.path, platform), ...ownershipFaults(input, platform)],
  run,
});

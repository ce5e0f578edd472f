import { defineAction } from "@imagewright/action-contract";
import { noWildcardFaults } from "../files/input-faults.js";
import { windowsNameFaults } from "../files/windows-names.js";
import { deleteFolder as run } from "./run.js";

export const deleteFolder = defineAction({
  name: "DeleteFolder",
  summary: "Deletes a folder, optionally with its content.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: { type: "string", minLength: 1, description: "The folder; a relative path starts in the working directory." },
        force: {
          type: "boolean",
          default: false,
          description: "Whether a folder that is not empty is deleted with its content; if false, such a folder is an error.",
        },
      },
      required: ["path"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  check: ({ path }, platform) => [
    ...noWildcardFaults("path", path, "name each folder; only DeleteFile takes a wildcard"),
    ...windowsNameFaults("path", path, platform),
  ],
  run,
});

import { defineAction } from "@imagewright/action-contract";
import { fileNameFaults, wildcardFaults } from "../files/input-faults.js";
import { deleteFile as run } from "./run.js";

export const deleteFile = defineAction({
  name: "DeleteFile",
  summary: "Deletes one file, or the files of a folder whose names match a wildcard.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: {
          type: "string",
          minLength: 1,
          description:
            "The file; a * after the last path separator matches any characters. A relative path starts in the working directory.",
        },
      },
      required: ["path"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  check: ({ path }, platform) => [
    ...fileNameFaults("path", path, platform, "delete a folder with DeleteFolder; if it is not empty, set force"),
    ...wildcardFaults("path", path, platform),
  ],
  run,
});

import { defineAction } from "@imagewright/action-contract";
import { fileNameFaults, noWildcardFaults, wildcardFaults } from "../files/input-faults.js";
import { moveFile as run } from "./run.js";

export const moveFile = defineAction({
  name: "MoveFile",
  summary: "Moves a file, or the files of a folder whose names match a wildcard.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        source: {
          type: "string",
          minLength: 1,
          description: "The file; a * after the last path separator stands for any characters. A relative path starts in the working directory.",
        },
        destination: {
          type: "string",
          minLength: 1,
          description: "The new path, or a folder, which ends with a path separator; what is moved there keeps its name. Missing folders are created.",
        },
        overwrite: { type: "boolean", default: true, description: "Whether a file that exists is replaced; if false, such a file is an error." },
      },
      required: ["source", "destination"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  check: ({ source, destination }, platform) => [
    ...fileNameFaults("source", source, platform),
    ...wildcardFaults("source", source, platform),
    ...noWildcardFaults("destination", destination),
  ],
  run,
});

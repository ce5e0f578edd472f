import { defineAction } from "@imagewright/action-contract";
import { fileNameFaults, noWildcardFaults, wildcardFaults } from "../files/input-faults.js";
import { copyFile as run } from "./run.js";

export const copyFile = defineAction({
  name: "CopyFile",
  summary: "Copies a file, or the files of a folder whose names match a wildcard.",
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
          description: "The path of the copy, or a folder, which ends with a path separator; the copy then keeps its name. Missing folders are created.",
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

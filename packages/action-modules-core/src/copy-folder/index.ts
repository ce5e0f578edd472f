import { defineAction } from "@imagewright/action-contract";
import { noWildcardFaults, wildcardFaults } from "../files/input-faults.js";
import { copyFolder as run } from "./run.js";

export const copyFolder = defineAction({
  name: "CopyFolder",
  summary: "Copies a folder with all that is in it, or the folders whose names match a wildcard.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        source: {
          type: "string",
          minLength: 1,
          description: "The folder; a * after the last path separator stands for any characters. A relative path starts in the working directory.",
        },
        destination: {
          type: "string",
          minLength: 1,
          description: "The path of the copy, or a folder, which ends with a path separator; the copy then keeps its name. Missing folders are created.",
        },
        overwrite: {
          type: "boolean",
          default: true,
          description: "Whether a folder that exists is filled, its files of the same names replaced; if false, such a folder is an error.",
        },
      },
      required: ["source", "destination"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  check: ({ source, destination }, platform) => [...wildcardFaults("source", source, platform), ...noWildcardFaults("destination", destination)],
  run,
});

import { defineAction } from "@imagewright/action-contract";
import { noWildcardFaults, patternFaults } from "../files/input-faults.js";
import { listFiles as run } from "./run.js";

export const listFiles = defineAction({
  name: "ListFiles",
  summary: "Lists the files of a folder.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: { type: "string", minLength: 1, description: "The folder; a relative path starts in the working directory." },
        fileNamePattern: {
          type: "string",
          minLength: 1,
          description: "Which names to list; a * stands for any characters. Else all files are listed.",
        },
        recursive: {
          type: "boolean",
          default: false,
          description: "Whether the files of the folders in it, and in those, are listed too.",
        },
      },
      required: ["path"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: { files: "The absolute paths of the files, in the order of their bytes, with a comma between two." },
  check: ({ path, fileNamePattern = "" }, platform) => [
    ...noWildcardFaults("path", path, "put the wildcard into fileNamePattern"),
    ...patternFaults("fileNamePattern", fileNamePattern, platform),
  ],
  run,
});

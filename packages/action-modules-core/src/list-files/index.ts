import { defineAction } from "@imagewright/action-contract";
import { noWildcardFaults, patternFaults } from "../files/input-faults.js";
import { windowsNameFaults } from "../files/windows-names.js";
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
          description: "Which names to list; a * matches any characters. By default all files are listed.",
        },
        recursive: {
          type: "boolean",
          default: false,
          description: "Whether the files of all subfolders are listed too.",
        },
      },
      required: ["path"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: { files: "The absolute paths of the files, sorted by bytes and separated by commas." },
  check: ({ path, fileNamePattern = "" }, platform) => [
    ...noWildcardFaults("path", path, "put the wildcard into fileNamePattern"),
    ...windowsNameFaults("path", path, platform),
    ...patternFaults("fileNamePattern", fileNamePattern, platform),
  ],
  run,
});

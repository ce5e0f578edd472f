import { defineAction } from "@imagewright/action-contract";
import { fileNameFaults } from "../files/input-faults.js";
import { encodingProperty } from "../files/text-encoding.js";
import { readFile as run } from "./run.js";

export const readFile = defineAction({
  name: "ReadFile",
  summary: "Reads a text file, for later steps or for the console log.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: {
          type: "string",
          minLength: 1,
          description: "The file; a relative path starts in the working directory. A link is followed.",
        },
        encoding: encodingProperty,
        printFileContent: { type: "boolean", default: false, description: "Whether the text is also printed to the console log." },
      },
      required: ["path"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: { content: "The text of the file, including its final line end." },
  check: ({ path }, platform) => fileNameFaults("path", path, platform),
  run,
});

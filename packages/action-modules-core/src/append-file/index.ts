import { defineAction } from "@imagewright/action-contract";
import { fileNameFaults } from "../files/input-faults.js";
import { encodingProperty } from "../files/text-encoding.js";
import { appendFile as run } from "./run.js";

export const appendFile = defineAction({
  name: "AppendFile",
  summary: "Adds text to the end of an existing file.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: {
          type: "string",
          minLength: 1,
          description: "The file, which must exist; a relative path starts in the working directory.",
        },
        content: {
          type: "string",
          default: "",
          description: "The text to add, exactly as written: no line end is added before or after it.",
        },
        encoding: encodingProperty,
      },
      required: ["path"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  check: ({ path }, platform) => fileNameFaults("path", path, platform),
  run,
});

import { defineAction } from "@imagewright/action-contract";
import { fileNameFaults } from "../files/input-faults.js";
import { encodingProperty } from "../files/text-encoding.js";
import { setFileEncoding as run } from "./run.js";

export const setFileEncoding = defineAction({
  name: "SetFileEncoding",
  summary: "Converts an existing text file to another encoding.",
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
        encoding: {
          ...encodingProperty,
          description: "The new encoding of the text; utf-16 and utf-32 are little-endian unless the name ends with BE.",
        },
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

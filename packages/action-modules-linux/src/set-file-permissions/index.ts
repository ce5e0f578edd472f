import { defineAction } from "@imagewright/action-contract";
import { fileNameFaults, permissionsProperty } from "@imagewright/action-modules-core";
import { setFilePermissions as run } from "./run.js";

export const setFilePermissions = defineAction({
  name: "SetFilePermissions",
  summary: "Changes the permissions of an existing file.",
  platforms: ["linux", "darwin"],
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
        permissions: permissionsProperty("The new permissions in octal, set exactly, regardless of the umask."),
      },
      required: ["path", "permissions"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  check: ({ path }, platform) => fileNameFaults("path", path, platform),
  run,
});

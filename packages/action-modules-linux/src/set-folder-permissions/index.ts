import { defineAction } from "@imagewright/action-contract";
import { permissionsProperty } from "@imagewright/action-modules-core";
import { setFolderPermissions as run } from "./run.js";

export const setFolderPermissions = defineAction({
  name: "SetFolderPermissions",
  summary: "Changes the permissions of an existing folder and of everything in it.",
  platforms: ["linux", "darwin"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: {
          type: "string",
          minLength: 1,
          description: "The folder; a relative path starts in the working directory. A link is followed.",
        },
        permissions: permissionsProperty(
          "The new permissions in octal, for files and folders alike, set exactly, regardless of the umask.",
        ),
        recursive: {
          type: "boolean",
          default: true,
          description: "Whether everything in the folder changes too; if false, only the folder itself changes.",
        },
      },
      required: ["path", "permissions"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  run,
});

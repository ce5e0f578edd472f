import { defineAction } from "@imagewright/action-contract";
import { fileTransferFaults, transferInput } from "../files/transfer-input.js";
import { moveFile as run } from "./run.js";

export const moveFile = defineAction({
  name: "MoveFile",
  summary: "Moves a file, or the files of a folder whose names match a wildcard.",
  platforms: ["linux", "darwin", "windows"],
  input: transferInput("file", {
    destination:
      "The new path, or a folder, which ends with a path separator; what is moved there keeps its name. Missing folders are created.",
    overwrite: "Whether a file that exists is replaced; if false, such a file is an error.",
  }),
  effects: "files",
  outputs: {},
  check: fileTransferFaults,
  run,
});

import { defineAction } from "@imagewright/action-contract";
import { fileTransferFaults, transferInput } from "../files/transfer-input.js";
import { copyFile as run } from "./run.js";

export const copyFile = defineAction({
  name: "CopyFile",
  summary: "Copies a file, or the files of a folder whose names match a wildcard.",
  platforms: ["linux", "darwin", "windows"],
  input: transferInput("file", {
    destination:
      "The path of the copy, or a folder, which ends with a path separator; the copy then keeps its name. Missing folders are created.",
    overwrite: "Whether an existing file is replaced; if false, an existing file is an error.",
  }),
  effects: "files",
  outputs: {},
  check: fileTransferFaults,
  run,
});

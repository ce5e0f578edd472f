import { defineAction } from "@imagewright/action-contract";
import { transferFaults, transferInput } from "../files/transfer-input.js";
import { copyFolder as run } from "./run.js";

export const copyFolder = defineAction({
  name: "CopyFolder",
  summary: "Copies a folder with its content, or the folders whose names match a wildcard.",
  platforms: ["linux", "darwin", "windows"],
  input: transferInput("folder", {
    destination:
      "The path of the copy, or a folder, which ends with a path separator; the copy then keeps its name. Missing folders are created.",
    overwrite:
      "Whether the content is merged into an existing folder, replacing files of the same names; if false, an existing folder is an error.",
  }),
  effects: "files",
  outputs: {},
  check: transferFaults,
  run,
});

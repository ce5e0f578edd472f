import { defineAction } from "@imagewright/action-contract";
import { transferFaults, transferInput } from "../files/transfer-input.js";
import { moveFolder as run } from "./run.js";

export const moveFolder = defineAction({
  name: "MoveFolder",
  summary: "Moves a folder with all that is in it, or the folders whose names match a wildcard.",
  platforms: ["linux", "darwin", "windows"],
  input: transferInput("folder", {
    destination:
      "The new path, or a folder, which ends with a path separator; what is moved there keeps its name. Missing folders are created.",
    overwrite: "Whether a folder that exists is filled, its files of the same names replaced; if false, such a folder is an error.",
  }),
  effects: "files",
  outputs: {},
  check: transferFaults,
  run,
});

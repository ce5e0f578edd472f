import { defineAction } from "@imagewright/action-contract";
import { transferFaults, transferInput } from "../files/transfer-input.js";
import { moveFolder as run } from "./run.js";

export const moveFolder = defineAction({
  name: "MoveFolder",
  summary: "Moves a folder with its content, or the folders whose names match a wildcard.",
  platforms: ["linux", "darwin", "windows"],
  input: transferInput("folder", {
    destination:
      "The new path, or a folder, which ends with a path separator; the moved entry then keeps its name. Missing folders are created.",
    overwrite:
      "Whether the content is merged into an existing folder, replacing files of the same names; if false, an existing folder is an error.",
  }),
  effects: "files",
  outputs: {},
  check: transferFaults,
  run,
});

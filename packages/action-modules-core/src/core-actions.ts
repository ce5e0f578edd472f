import type { AnyActionModule } from "@imagewright/action-contract";
import { appendFile } from "./append-file/index.js";
import { assert } from "./assert/index.js";
import { copyFile } from "./copy-file/index.js";
import { createFile } from "./create-file/index.js";
import { createFolder } from "./create-folder/index.js";
import { deleteFile } from "./delete-file/index.js";
import { executeBinary } from "./execute-binary/index.js";
import { readFile } from "./read-file/index.js";

/** The action modules that are the same on every platform. */
export const coreActions: readonly AnyActionModule[] = [
  appendFile,
  assert,
  copyFile,
  createFile,
  createFolder,
  deleteFile,
  executeBinary,
  readFile,
];

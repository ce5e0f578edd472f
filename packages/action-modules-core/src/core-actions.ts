import type { AnyActionModule } from "@imagewright/action-contract";
import { appendFile } from "./append-file/index.js";
import { assert } from "./assert/index.js";
import { copyFile } from "./copy-file/index.js";
import { copyFolder } from "./copy-folder/index.js";
import { createFile } from "./create-file/index.js";
import { createFolder } from "./create-folder/index.js";
import { createSymlink } from "./create-symlink/index.js";
import { deleteFile } from "./delete-file/index.js";
import { deleteFolder } from "./delete-folder/index.js";
import { executeBinary } from "./execute-binary/index.js";
import { executeDocument } from "./execute-document/index.js";
import { listFiles } from "./list-files/index.js";
import { moveFile } from "./move-file/index.js";
import { moveFolder } from "./move-folder/index.js";
import { readFile } from "./read-file/index.js";
import { s3Download } from "./s3-download/index.js";
import { s3Upload } from "./s3-upload/index.js";
import { setFileEncoding } from "./set-file-encoding/index.js";
import { webDownload } from "./web-download/index.js";

/** The action modules that work the same on every platform. */
export const coreActions: readonly AnyActionModule[] = [
  appendFile,
  assert,
  copyFile,
  copyFolder,
  createFile,
  createFolder,
  createSymlink,
  deleteFile,
  deleteFolder,
  executeBinary,
  executeDocument,
  listFiles,
  moveFile,
  moveFolder,
  readFile,
  s3Download,
  s3Upload,
  setFileEncoding,
  webDownload,
];

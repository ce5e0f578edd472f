import { lstatSync, mkdirSync, type Stats } from "node:fs";
import { describeCause } from "@imagewright/diagnostics";
import { protocolError } from "../errors.js";

const WRITABLE_BY_OTHERS = 0o022;

/**
 * Makes the folder of a job if it is missing (mode 0700), and refuses one in which another user could write or replace files.
 * Errors: job-folder-refused.
 */
export function openJobFolder(path: string): void {
  const refuse = (reason: string, cause?: unknown) => protocolError("job-folder-refused", { path, reason }, { cause });
  const found = lstatSync(path, { throwIfNoEntry: false }) ?? makeFolder(path, refuse);
  if (found.isSymbolicLink()) throw refuse("it is a link");
  if (!found.isDirectory()) throw refuse("it is not a folder");
  const user = process.geteuid?.();
  // accounts and modes of Windows say nothing here
  if (user === undefined) return;
  if (found.uid !== user) throw refuse("it belongs to another user");
  if ((found.mode & WRITABLE_BY_OTHERS) !== 0) throw refuse("others than its owner can write in it");
}

function makeFolder(path: string, refuse: (reason: string, cause: unknown) => Error): Stats {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return lstatSync(path);
  } catch (thrown) {
    throw refuse(describeCause(thrown), thrown);
  }
}

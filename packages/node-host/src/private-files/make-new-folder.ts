import { mkdirSync } from "node:fs";
import { makeWithAccessList } from "../windows/new-folder.js";

/**
 * Makes a folder that must not exist, which only this user can enter: mode 0700, or on Windows an access list of its own from the
 * beginning. A mode that lets others read counts on Windows alone, where it cannot be set afterwards. Throws the errors of Node's `mkdir`.
 */
export function makeNewFolder(path: string, windowsMode = 0o700): void {
  if (!makeWithAccessList(path, windowsMode)) mkdirSync(path, 0o700);
}

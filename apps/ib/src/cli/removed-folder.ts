import type { ImagewrightError } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";

/** What is wrong if a command needs the current folder, and that has been removed; undefined if something else is. */
export function removedFolder(thrown: NodeJS.ErrnoException): ImagewrightError | undefined {
  return thrown.syscall === "uv_cwd" && thrown.code === "ENOENT" ? ibError("current-folder-removed", {}, { cause: thrown }) : undefined;
}

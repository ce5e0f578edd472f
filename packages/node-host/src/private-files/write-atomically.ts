import { closeSync, fsyncSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createNewFile } from "./own-files.js";

/**
 * Writes a whole file in a private folder: a reader, or a process after a crash of the machine, finds the old content or the new one.
 * A draft that a killed process has left beside it is replaced. Throws the errors of Node's `open`, `write` and `rename`.
 */
export function writeAtomically(path: string, content: string | Uint8Array, { mode = 0o600, sync = true } = {}): void {
  const draft = `${path}.draft`;
  rmSync(draft, { force: true, recursive: true });
  const descriptor = createNewFile(draft, mode);
  try {
    writeFileSync(descriptor, content);
    if (sync) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, path);
}

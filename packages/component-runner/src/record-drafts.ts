import { appendFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { FileSystem } from "@imagewright/action-contract";
import { DRAFT_PREFIX, DRAFTS_FILE } from "@imagewright/node-host";

/**
 * The same files, with a record of the temporary ones that modules make next to those that they replace. Each is recorded before it is
 * made, so that it can be removed if this process is killed.
 */
export function recordDrafts(files: FileSystem, temporaryDirectory: string): FileSystem {
  const record = join(temporaryDirectory, DRAFTS_FILE);
  const known = new Set<string>();
  const note = (path: unknown) => {
    const text = textOf(path);
    if (text === undefined || known.has(text) || !basename(text).startsWith(DRAFT_PREFIX)) return;
    appendFileSync(record, `${JSON.stringify(resolve(text))}\n`, { mode: 0o600 });
    known.add(text);
  };
  return {
    ...files,
    open: (path, ...rest) => (note(path), files.open(path, ...rest)),
    writeFile: (path, ...rest) => (note(path), files.writeFile(path, ...rest)),
    symlink: (target, path, ...rest) => (note(path), files.symlink(target, path, ...rest)),
    link: (existing, path) => (note(path), files.link(existing, path)),
    copyFile: (source, target, ...rest) => (note(target), files.copyFile(source, target, ...rest)),
  };
}

/** Undefined for a name that is not UTF-8: it cannot be recorded as text. */
function textOf(path: unknown): string | undefined {
  if (typeof path === "string") return path;
  if (!Buffer.isBuffer(path)) return undefined;
  const text = path.toString("utf8");
  return Buffer.from(text, "utf8").equals(path) ? text : undefined;
}

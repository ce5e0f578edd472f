import { closeSync, constants, existsSync, fchmodSync, fstatSync, openSync, type Stats } from "node:fs";
import { basename, join } from "node:path";
import { hostError } from "../errors.js";
import { HAS_PROC } from "../has-proc.js";
import { IS_WINDOWS } from "../is-windows.js";
import { whyNotOwnOnWindows } from "../windows/check-folder.js";
import { whyNotOwn } from "./ownership.js";

const HAS_DESCRIPTOR_PATHS = HAS_PROC && existsSync("/proc/self/fd");

/** An open folder. Close it with `closeFolder`. */
export interface HeldFolder {
  readonly descriptor: number;
  /** As it was opened. */
  readonly path: string;
}

/**
 * Opens a folder that belongs to the user and to which nobody else can write; one that a link leads to is refused. Throws the errors of
 * Node's `open`. Errors: path-refused.
 */
export function holdOwnFolder(path: string): HeldFolder {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0));
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "ENOTDIR" || code === "ELOOP") throw hostError("path-refused", { path, reason: "it is no folder" }, { cause: thrown });
    throw thrown;
  }
  const facts = fstatSync(descriptor);
  const reason = facts.isDirectory() ? (whyNotOwn(facts) ?? whyNotOwnOnWindows(path)) : "it is no folder";
  if (reason === undefined) return { descriptor, path };
  closeSync(descriptor);
  throw hostError("path-refused", { path, reason });
}

export function closeFolder({ descriptor }: HeldFolder): void {
  closeSync(descriptor);
}

/** Sets who can read and enter a folder. On Windows it keeps what it was made with: the mode there has only the read-only attribute. */
export function setFolderMode({ descriptor }: HeldFolder, mode: number): void {
  if (!IS_WINDOWS) fchmodSync(descriptor, mode);
}

export function folderFacts({ descriptor }: HeldFolder): Stats {
  return fstatSync(descriptor);
}

/**
 * The path of an entry of an open folder. On Linux it stays right if the folder is moved or replaced meanwhile; elsewhere it is the path by
 * name, so it is right only if others cannot replace the folder.
 */
export function pathInFolder({ descriptor, path }: HeldFolder, name: string): string {
  if (name === "." || name === ".." || basename(name) !== name) throw new Error(`"${name}" is not the name of a file`);
  return HAS_DESCRIPTOR_PATHS ? `/proc/self/fd/${descriptor}/${name}` : join(path, name);
}

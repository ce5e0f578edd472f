import { closeSync, constants, fchmodSync, fstatSync, openSync, readFileSync, type Stats } from "node:fs";
import { hostError } from "../errors.js";
import { whyNotOwn } from "./ownership.js";

// systems that lack one of these have no links or pipes of that kind
const NO_LINK = constants.O_NOFOLLOW ?? 0;
const NO_WAIT = constants.O_NONBLOCK ?? 0;

const HOW = {
  read: constants.O_RDONLY,
  append: constants.O_WRONLY | constants.O_APPEND,
  update: constants.O_RDWR,
} as const;

/**
 * Makes a file that must not exist, whatever it is, and opens it for writing. The mode does not depend on the umask. Throws the errors of
 * Node's `open`: EEXIST if there is anything under this name.
 */
export function createNewFile(path: string, mode = 0o600): number {
  const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | NO_LINK, 0o600);
  if (mode !== 0o600) fchmodSync(descriptor, mode);
  return descriptor;
}

/**
 * Opens a regular file that belongs to the user, that nobody else can write to and that has no other name. A link is not followed, a pipe
 * or a device not waited for. Throws the errors of Node's `open`. Errors: path-refused.
 */
export function openOwnFile(path: string, how: keyof typeof HOW): number {
  let descriptor: number;
  try {
    descriptor = openSync(path, HOW[how] | NO_LINK | NO_WAIT);
  } catch (thrown) {
    const reason = WHY_NOT_OPENED[(thrown as NodeJS.ErrnoException).code ?? ""];
    if (reason === undefined) throw thrown;
    throw hostError("path-refused", { path, reason }, { cause: thrown });
  }
  const reason = whyNotFile(fstatSync(descriptor));
  if (reason === undefined) return descriptor;
  closeSync(descriptor);
  throw hostError("path-refused", { path, reason });
}

const WHY_NOT_OPENED: Readonly<Record<string, string | undefined>> = {
  ELOOP: "it is a link",
  EMLINK: "it is a link",
  ENXIO: "it is not a regular file",
  ENODEV: "it is not a regular file",
  EISDIR: "it is a folder",
};

function whyNotFile(facts: Stats): string | undefined {
  if (!facts.isFile()) return facts.isDirectory() ? "it is a folder" : "it is not a regular file";
  return whyNotOwn(facts) ?? (facts.nlink === 1 ? undefined : "it has another name as well");
}

/**
 * The content of such a file; undefined if there is none. Throws the errors of Node's `open` and `read`. Errors: path-refused, also for
 * one that is larger than allowed, in bytes.
 */
export function readOwnFile(path: string, largest: number): Buffer | undefined {
  let descriptor: number;
  try {
    descriptor = openOwnFile(path, "read");
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw thrown;
  }
  try {
    const { size } = fstatSync(descriptor);
    if (size > largest) throw hostError("path-refused", { path, reason: `it has ${size} bytes; at most ${largest} are allowed` });
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

import type { Platform } from "@imagewright/action-contract";
import { parentFolder } from "./resolve-path.js";
import type { FilePath } from "./show-path.js";

const SLASH = Buffer.from("/");
const BACKSLASH = Buffer.from("\\");

/** The path of an entry in a folder, which is absolute, as bytes, since neither need be UTF-8. */
export function joinPath(folder: FilePath, name: FilePath): Buffer {
  return Buffer.concat([asPrefix(folder), Buffer.from(name)]);
}

/** The absolute path of a folder with a separator at its end. Only paths of Windows do not begin with a slash. */
export function asPrefix(folder: FilePath): Buffer {
  const bytes = Buffer.from(folder);
  const separator = bytes[0] === SLASH[0] ? SLASH : BACKSLASH;
  return bytes.at(-1) === separator[0] ? bytes : Buffer.concat([bytes, separator]);
}

/** The path of another name in the folder of an absolute path. */
export function besidePath(path: FilePath, name: string, platform: Platform): Buffer {
  // names on Windows are text
  if (platform === "windows") return joinPath(parentFolder(path.toString(), platform), name);
  const bytes = Buffer.from(path);
  return joinPath(bytes.subarray(0, bytes.lastIndexOf(SLASH) + 1), name);
}

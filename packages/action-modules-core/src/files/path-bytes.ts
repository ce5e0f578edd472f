import type { Platform } from "@imagewright/action-contract";
import { parentFolder } from "./resolve-path.js";
import type { FilePath } from "./show-path.js";

const SLASH = Buffer.from("/");

/** The path of an entry in a folder, as bytes, since neither need be UTF-8. */
export function joinPath(folder: FilePath, name: FilePath): Buffer {
  return Buffer.concat([asPrefix(folder), Buffer.from(name)]);
}

/** The path of a folder with a separator at its end. */
export function asPrefix(folder: FilePath): Buffer {
  const bytes = Buffer.from(folder);
  return bytes.at(-1) === SLASH[0] ? bytes : Buffer.concat([bytes, SLASH]);
}

/** The path of another name in the folder of an absolute path. */
export function besidePath(path: FilePath, name: string, platform: Platform): Buffer {
  // names on Windows are text
  if (platform === "windows") return joinPath(parentFolder(path.toString(), platform), name);
  const bytes = Buffer.from(path);
  return joinPath(bytes.subarray(0, bytes.lastIndexOf(SLASH) + 1), name);
}

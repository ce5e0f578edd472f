import { constants, existsSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

const HAS_FD_PATHS = existsSync("/proc/self/fd");

/** An open folder that a stranger can write to. Close its handle. */
export interface OpenFolder {
  readonly handle: FileHandle;
  readonly path: string;
}

/** Opens a folder itself, not one that a link leads to. Undefined if there is none. */
export function openFolder(path: string): Promise<OpenFolder | undefined> {
  return openFolderAt(path, path);
}

/** Opens a folder in an open one, in the same way. */
export function openFolderIn(folder: OpenFolder, name: string): Promise<OpenFolder | undefined> {
  return openFolderAt(entryPath(folder, name), join(folder.path, name));
}

/** Opens a regular file in an open folder: no link is followed, and no pipe or device is waited for. Undefined if there is none. */
export async function openFileIn(folder: OpenFolder, name: string): Promise<FileHandle | undefined> {
  const file = await open(entryPath(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(absent);
  if (file === undefined || (await file.stat()).isFile()) return file;
  await file.close();
  return undefined;
}

/** The path of an entry of an open folder. On Linux it stays right if the folder is moved or replaced meanwhile. */
export function entryPath({ handle, path }: OpenFolder, name = ""): string {
  if (name === "." || name === ".." || name.includes("/")) throw new Error(`"${name}" is not the name of a file`);
  return HAS_FD_PATHS ? `/proc/self/fd/${handle.fd}/${name}` : join(path, name);
}

async function openFolderAt(path: string, shown: string): Promise<OpenFolder | undefined> {
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW).catch(absent);
  return handle === undefined ? undefined : { handle, path: shown };
}

function absent(thrown: NodeJS.ErrnoException): undefined {
  if (["ENOENT", "ENOTDIR", "ELOOP", "ENXIO", "EACCES", "EMLINK"].includes(thrown.code ?? "")) return undefined;
  throw thrown;
}

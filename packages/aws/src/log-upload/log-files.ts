import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describeCause } from "@imagewright/diagnostics";
import { closeFolder, holdOwnFolder, pathInFolder, type HeldFolder } from "@imagewright/node-host";
import { awsError } from "../errors.js";

export interface ListedLogFile {
  /** Its path below the log folder, with "/" as separator on every platform. */
  readonly name: string;
  /** Where it is read from: in the open folder. */
  readonly path: string;
  /** Its path for messages. */
  readonly shown: string;
  /** Its size in bytes when it was listed. */
  readonly size: number;
}

/**
 * Lists the regular files below a log folder of this user, sorted by name, without links, which could lead anywhere on the machine. The
 * folder is open meanwhile: on Linux another one that gets its name is not read. Errors: log-folder-not-readable, and those of the body.
 */
export async function withLogFiles<Result>(folder: string, body: (files: readonly ListedLogFile[]) => Promise<Result>): Promise<Result> {
  const held = await attempt(folder, () => holdOwnFolder(folder));
  try {
    const files = await attempt(folder, () => collect(held));
    return await body(files.sort((a, b) => (a.name < b.name ? -1 : 1)));
  } finally {
    closeFolder(held);
  }
}

async function attempt<Result>(folder: string, body: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await body();
  } catch (thrown) {
    throw awsError("log-folder-not-readable", { folder, reason: describeCause(thrown) }, { cause: thrown });
  }
}

async function collect(held: HeldFolder, below = ""): Promise<ListedLogFile[]> {
  const files: ListedLogFile[] = [];
  const folder = pathInFolder(held, "");
  for (const entry of await readdir(`${folder}${below}`, { withFileTypes: true })) {
    const name = `${below}${entry.name}`;
    const path = `${folder}${name}`;
    if (entry.isDirectory()) files.push(...(await collect(held, `${name}/`)));
    else if (entry.isFile()) files.push({ name, path, shown: join(held.path, name), size: (await lstat(path)).size });
  }
  return files;
}

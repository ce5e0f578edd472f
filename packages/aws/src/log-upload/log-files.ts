import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { describeCause } from "@imagewright/diagnostics";
import { awsError } from "../errors.js";

export interface ListedLogFile {
  /** Its path below the log folder, with "/" as separator on every platform. */
  readonly name: string;
  readonly path: string;
  /** Its size in bytes when it was listed. */
  readonly size: number;
}

/** Lists the regular files below a log folder, sorted by name, without links, which could lead anywhere on the machine. */
export async function listLogFiles(folder: string): Promise<ListedLogFile[]> {
  try {
    const files = await collect(folder, "");
    return files.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (thrown) {
    throw awsError("log-folder-not-readable", { folder, reason: describeCause(thrown) }, { cause: thrown });
  }
}

async function collect(folder: string, prefix: string): Promise<ListedLogFile[]> {
  const files: ListedLogFile[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const name = `${prefix}${entry.name}`;
    if (entry.isDirectory()) files.push(...(await collect(path, `${name}/`)));
    else if (entry.isFile()) files.push({ name, path, size: (await stat(path)).size });
  }
  return files;
}

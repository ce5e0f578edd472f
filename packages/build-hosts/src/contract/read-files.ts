import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** The texts of all files in a folder of this computer, by their paths. */
export async function readTree(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [relative(folder, path), await readFile(path, "utf8")] as const)));
}

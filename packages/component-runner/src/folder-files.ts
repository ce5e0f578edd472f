import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Dirent } from "node:fs";
import { isImagewrightError, type ImagewrightError } from "@imagewright/diagnostics";
import { describeFailedRead } from "@imagewright/node-host";
import { runnerError } from "./errors.js";

const MAY_BE_DOCUMENT = /\.(ya?ml|json)$/i;

/**
 * The paths of the files in a folder and below that may be component documents: those that end in .yaml, .yml or .json. Hidden
 * files, hidden folders, `node_modules` and links to folders are passed over, as are pipes, devices and sockets. A folder that cannot be
 * read, and a link that leads nowhere, are failures among the paths.
 */
export async function* filesOfFolder(folder: string): AsyncGenerator<string | ImagewrightError> {
  for (const entry of await entriesOf(folder)) {
    if (isImagewrightError(entry)) yield entry;
    else if (!entry.name.startsWith(".") && entry.name !== "node_modules") yield* filesOfEntry(join(folder, entry.name), entry);
  }
}

async function* filesOfEntry(path: string, entry: Dirent): AsyncGenerator<string | ImagewrightError> {
  if (entry.isDirectory()) yield* filesOfFolder(path);
  else if (MAY_BE_DOCUMENT.test(path) && (entry.isFile() || entry.isSymbolicLink()))
    try {
      const facts = await stat(path);
      if (facts.isFile()) yield path;
    } catch (thrown) {
      yield runnerError("document-not-readable", { path, what: "file", cause: describeFailedRead(thrown as NodeJS.ErrnoException) });
    }
}

/** The entries of a folder in the order of their names, or why there are none. */
async function entriesOf(folder: string): Promise<readonly (Dirent | ImagewrightError)[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (thrown) {
    return [runnerError("folder-not-readable", { path: folder, cause: describeFailedRead(thrown as NodeJS.ErrnoException) })];
  }
}

import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { SourceFile } from "@imagewright/diagnostics";
import { makeFolders } from "@imagewright/node-host";
import { runnerError } from "./errors.js";
import { logNotWritten } from "./log-file.js";
import { folderTime } from "./times.js";

/** Makes the log folder of a run, `TOE_<date>_<time>_UTC-0_<execution id>`, and returns its absolute path. */
export async function makeLogFolder(parent: string, startTime: number, executionId: string): Promise<string> {
  const folder = resolve(parent, `TOE_${folderTime(startTime)}_${executionId}`);
  try {
    await makeFolders(folder);
  } catch (thrown) {
    throw runnerError("log-folder-not-made", { path: folder, cause: (thrown as Error).message }, { cause: thrown });
  }
  return folder;
}

/** Writes the documents of a run to its log folder: `document.yaml`, and `document-2.yaml` and so on if there are several. */
export async function keepDocuments(folder: string, sources: readonly SourceFile[]): Promise<void> {
  await Promise.all(
    sources.map((source, index) => writeInFolder(folder, index === 0 ? "document.yaml" : `document-${index + 1}.yaml`, source.text)),
  );
}

/** Writes a whole file of the log folder. */
export async function writeInFolder(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, text).catch((thrown: unknown) => {
    throw logNotWritten(path, thrown);
  });
}

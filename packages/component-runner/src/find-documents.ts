import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { isImagewrightError, type ImagewrightError, type SourceFile } from "@imagewright/diagnostics";
import { hasComponents } from "@imagewright/resource-files";
import { runnerError } from "./errors.js";
import { filesOfFolder } from "./folder-files.js";
import { loadLocalDocument, type DocumentLoader } from "./load-document.js";

export interface FoundDocuments {
  /** In the order of the locations. A file that has been read already is not read again with its folder. */
  readonly sources: readonly SourceFile[];
  /** The paths of files in folders that have no component documents. */
  readonly skipped: readonly string[];
  /** What could not be read. */
  readonly failures: readonly ImagewrightError[];
}

/**
 * Loads the files at locations, and those in folders that have component documents: files of their own, and CloudFormation templates,
 * Terraform plans, requests and responses that contain some. A file that is named is never skipped.
 */
export async function findDocuments(locations: readonly string[], load: DocumentLoader): Promise<FoundDocuments> {
  const found = { sources: [] as SourceFile[], skipped: [] as string[], failures: [] as ImagewrightError[] };
  const seen = new Set<string>();
  for (const location of locations) {
    const facts = await stat(location).catch(() => undefined);
    if (facts?.isDirectory() === true) await addFolder(location, found, seen);
    else {
      // nothing relative is there, and no path can be resolved, in a current folder that is gone
      if (facts !== undefined) seen.add(resolve(location));
      await attempt(found, async () => void found.sources.push(await load(location)));
    }
  }
  return found;
}

type Found = { readonly [Name in keyof FoundDocuments]: FoundDocuments[Name][number][] };

async function addFolder(folder: string, { sources, skipped, failures }: Found, seen: Set<string>): Promise<void> {
  const own: Found = { sources: [], skipped: [], failures: [] };
  let known = 0;
  for await (const file of filesOfFolder(folder)) {
    if (isImagewrightError(file)) own.failures.push(file);
    else if (!isNew(file, seen)) known += 1;
    else
      await attempt(own, async () => {
        const source = await loadLocalDocument(file).catch(unlessTooLarge);
        if (source !== undefined && hasComponents(source)) own.sources.push(source);
        else own.skipped.push(file);
      });
  }
  if (known + own.sources.length + own.failures.length === 0)
    own.failures.push(runnerError("no-document-in-folder", { path: folder, skipped: own.skipped.length }));
  sources.push(...own.sources);
  skipped.push(...own.skipped);
  failures.push(...own.failures);
}

/** No document is so large. */
function unlessTooLarge(thrown: unknown): undefined {
  if (!isImagewrightError(thrown, "component-runner/document-too-large")) throw thrown;
}

function isNew(path: string, seen: Set<string>): boolean {
  const before = seen.size;
  return seen.add(resolve(path)).size > before;
}

async function attempt({ failures }: Found, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (thrown) {
    if (!isImagewrightError(thrown)) throw thrown;
    failures.push(thrown);
  }
}

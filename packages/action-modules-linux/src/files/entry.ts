import type { Stats } from "node:fs";
import { attempt, actionError, resolvePath, withoutSeparatorAtEnd, type FilePath } from "@imagewright/action-modules-core";
import type { ActionContext } from "@imagewright/action-contract";

/** An existing entry of the file system, with its attributes. */
export interface Entry {
  readonly path: FilePath;
  readonly facts: Stats;
}

/** The file at a path of a document, links followed. Throws for a folder; a pipe or a device counts as a file. */
export async function fileEntry(path: string, operation: string, hint: string, context: ActionContext): Promise<Entry> {
  const entry = await entryAt(resolvePath(path, context), operation, context);
  if (entry.facts.isDirectory()) throw actionError("not-a-file", { operation, path: entry.path, found: "a folder", hint });
  return entry;
}

/** The folder at a path of a document, links followed. Throws for anything else. */
export async function folderEntry(path: string, operation: string, hint: string, context: ActionContext): Promise<Entry> {
  const entry = await entryAt(withoutSeparatorAtEnd(resolvePath(path, context), context.host.platform), operation, context);
  if (!entry.facts.isDirectory()) throw actionError("not-a-folder", { operation, path: entry.path, hint });
  return entry;
}

async function entryAt(path: string, operation: string, { host }: ActionContext): Promise<Entry> {
  return { path, facts: await attempt(operation, path, () => host.files.stat(path)) };
}

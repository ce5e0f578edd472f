import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import type { CommandDocument } from "./command-document.js";
import { readCommandDocument } from "./read-command-document.js";

/** The command documents of a folder, each with the name of its file without `.yaml`, `.yml` or `.json`, and the faults of all files. */
export async function readCommandDocuments(folder: string): Promise<{
  readonly documents: ReadonlyMap<string, CommandDocument>;
  readonly diagnostics: readonly Diagnostic[];
}> {
  const documents = new Map<string, CommandDocument>();
  const diagnostics: Diagnostic[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const [, name] = /^(.+)\.(?:ya?ml|json)$/.exec(file) ?? [];
    if (name === undefined) continue;
    const path = join(folder, file);
    const read = readCommandDocument(new SourceFile(path, await readFile(path, "utf8")));
    diagnostics.push(...read.diagnostics);
    if (read.document !== undefined) documents.set(name, read.document);
  }
  return { documents, diagnostics };
}

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { describeFailedRead, describeTextFault, readTextFile } from "@imagewright/node-host";
import { stepActionError } from "../errors.js";
import type { CommandDocument } from "./command-document.js";
import { readCommandDocument } from "./read-command-document.js";

/** The most bytes of a command document, as in Systems Manager. */
const LARGEST_COMMAND_DOCUMENT = 65_536;

/**
 * The command documents of a folder, each with the name of its file without `.yaml`, `.yml` or `.json`, and the faults of all files.
 * Errors: command-document-not-readable.
 */
export async function readCommandDocuments(folder: string): Promise<{
  readonly documents: ReadonlyMap<string, CommandDocument>;
  readonly diagnostics: readonly Diagnostic[];
}> {
  const files = await readdir(folder).catch((thrown: NodeJS.ErrnoException) => {
    const cause = thrown.code === "ENOENT" ? "no such folder" : describeFailedRead(thrown);
    throw stepActionError("command-document-not-readable", { path: folder, cause }, { cause: thrown });
  });
  const documents = new Map<string, CommandDocument>();
  const diagnostics: Diagnostic[] = [];
  for (const file of files.sort()) {
    const [, name] = /^(.+)\.(?:ya?ml|json)$/.exec(file) ?? [];
    if (name === undefined) continue;
    const path = join(folder, file);
    const read = await readTextFile(path, { largest: LARGEST_COMMAND_DOCUMENT });
    if ("fault" in read) throw stepActionError("command-document-not-readable", { path, cause: describeTextFault(read.fault) });
    const { document, diagnostics: faults } = readCommandDocument(new SourceFile(path, read.text));
    diagnostics.push(...faults);
    if (document !== undefined) documents.set(name, document);
  }
  return { documents, diagnostics };
}

import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { SourceFile } from "@imagewright/diagnostics";
import { runnerError } from "./errors.js";

/** Gets the text of a component document from where its location leads. Throws an ImagewrightError where it cannot. */
export type DocumentLoader = (location: string) => Promise<SourceFile>;

/** Far above any real document; the service allows 64 KB. */
export const LARGEST_DOCUMENT = 10 * 1024 * 1024;

/** Reads a component document from a local file. The source keeps the path as it is given. */
export const loadLocalDocument: DocumentLoader = async (path) => {
  const bytes = await readBounded(path);
  try {
    return new SourceFile(path, new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw runnerError("document-not-text", { path });
  }
};

async function readBounded(path: string): Promise<Buffer> {
  // without the flag, opening a named pipe would wait for somebody to write into it; systems without pipes in folders lack it
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((thrown: NodeJS.ErrnoException) => {
    throw unreadable(path, thrown);
  });
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw runnerError("document-not-readable", { path, cause: facts.isDirectory() ? "it is a folder" : "it is not a file" });
    if (facts.size > LARGEST_DOCUMENT) throw runnerError("document-too-large", { path, bytes: facts.size, limit: LARGEST_DOCUMENT });
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function unreadable(path: string, thrown: NodeJS.ErrnoException): Error {
  if (thrown.code === "ENOENT" || thrown.code === "ENOTDIR") return runnerError("document-not-found", { path });
  const cause = thrown.code === "EACCES" ? "permission denied" : thrown.code === "EISDIR" ? "it is a folder" : thrown.message;
  return runnerError("document-not-readable", { path, cause }, { cause: thrown });
}

import { SourceFile } from "@imagewright/diagnostics";
import { readTextFile, readTextStream, type TextFault, type TextRead } from "@imagewright/node-host";
import { runnerError, type LocalFile } from "./errors.js";

/** Loads the text of a component document from a location. Throws an ImagewrightError if it cannot. */
export type DocumentLoader = (location: string) => Promise<SourceFile>;

/** In bytes, far above any real document; the service allows 64 KB. */
export const LARGEST_DOCUMENT = 10 * 1024 * 1024;

/** Reads a component document from a local file. The source keeps the path as given. */
export const loadLocalDocument = localLoader("component document");

/** Makes a loader of local files that names their kind in its messages. Pipes are read if the option says so. */
export function localLoader(what: string, options: { readonly pipes?: boolean } = {}): DocumentLoader {
  return async (path) => toSource(await readTextFile(path, { largest: LARGEST_DOCUMENT, ...options }), { path, what });
}

/** Reads a document from a stream to its end. `path` is the name of the source, and that of the stream in messages. */
export async function loadStream(stream: AsyncIterable<Uint8Array>, path: string, what = "component document"): Promise<SourceFile> {
  return toSource(await readTextStream(stream, LARGEST_DOCUMENT), { path, what });
}

function toSource(read: TextRead, file: LocalFile): SourceFile {
  if ("text" in read) return new SourceFile(file.path, read.text);
  throw failure(read.fault, file);
}

function failure(fault: TextFault, file: LocalFile): Error {
  switch (fault.kind) {
    case "not-found":
      return runnerError("document-not-found", file);
    case "not-readable":
      return runnerError("document-not-readable", { ...file, cause: fault.cause });
    case "too-large":
      return runnerError("document-too-large", { ...file, bytes: fault.bytes, limit: fault.limit });
    case "not-text":
      return runnerError("document-not-text", { ...file, found: fault.found });
  }
}

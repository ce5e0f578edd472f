import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { isImagewrightError, SourceFile } from "@imagewright/diagnostics";
import { runnerError, type LocalFile } from "./errors.js";

/** Loads the text of a component document from a location. Throws an ImagewrightError if it cannot. */
export type DocumentLoader = (location: string) => Promise<SourceFile>;

/** In bytes, far above any real document; the service allows 64 KB. */
export const LARGEST_DOCUMENT = 10 * 1024 * 1024;

/** Reads a component document from a local file. The source keeps the path as given. */
export const loadLocalDocument = localLoader("component document");

/** Makes a loader of local files that names their kind in its messages. */
export function localLoader(what: string): DocumentLoader {
  return (path) => loadText({ path, what });
}

/** Reads a component document from a stream to its end. `path` is the name of the source, and that of the stream in messages. */
export async function loadStream(stream: AsyncIterable<Uint8Array>, path: string): Promise<SourceFile> {
  const file = { path, what: "component document" };
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > LARGEST_DOCUMENT) throw runnerError("document-too-large", { ...file, bytes, limit: LARGEST_DOCUMENT });
    }
  } catch (thrown) {
    throw isImagewrightError(thrown) ? thrown : unreadable(file, thrown as NodeJS.ErrnoException);
  }
  return toSource(Buffer.concat(chunks), file);
}

async function loadText(file: LocalFile): Promise<SourceFile> {
  return toSource(await readBounded(file), file);
}

function toSource(bytes: Buffer, file: LocalFile): SourceFile {
  const text = isUtf16(bytes) ? undefined : decode(bytes);
  if (text === undefined)
    throw runnerError("document-not-text", {
      ...file,
      found: isUtf16(bytes) ? "it looks like UTF-16" : `line ${foreignLine(bytes)} has bytes of another encoding`,
    });
  return new SourceFile(file.path, text);
}

/** The text without its byte order mark; undefined if it is not UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// enough to decide; the rest may be in any script
const FIRST_BYTES = 64;

/** Has a byte order mark, or every second byte is zero, as in the ASCII keys that every document begins with. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const beginning = [...bytes.subarray(0, FIRST_BYTES)];
  return beginning.length > 1 && [0, 1].some((zero) => beginning.every((byte, index) => (byte === 0) === (index % 2 === zero)));
}

/** The number of the first line that is not UTF-8; a text is UTF-8 if each line is. */
function foreignLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line++) {
    const end = bytes.indexOf("\n", start);
    if (end === -1 || decode(bytes.subarray(start, end)) === undefined) return line;
    start = end + 1;
  }
}

async function readBounded(local: LocalFile): Promise<Buffer> {
  // without the flag, opening a named pipe would wait for a writer; systems without named pipes lack it
  const file = await open(local.path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((thrown: NodeJS.ErrnoException) => {
    throw unreadable(local, thrown);
  });
  try {
    const facts = await file.stat();
    if (!facts.isFile())
      throw runnerError("document-not-readable", { ...local, cause: facts.isDirectory() ? "it is a folder" : "it is not a file" });
    if (facts.size > LARGEST_DOCUMENT) throw runnerError("document-too-large", { ...local, bytes: facts.size, limit: LARGEST_DOCUMENT });
    return await file.readFile();
  } finally {
    await file.close();
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ELOOP: "its symbolic links lead in a circle",
};

/** Why a file or a folder cannot be read. */
export function describeFailedRead({ code = "", message }: NodeJS.ErrnoException): string {
  return CAUSES[code] ?? message;
}

function unreadable(local: LocalFile, thrown: NodeJS.ErrnoException): Error {
  if (thrown.code === "ENOENT" || thrown.code === "ENOTDIR") return runnerError("document-not-found", local);
  const cause = describeFailedRead(thrown);
  return runnerError("document-not-readable", { ...local, cause }, { cause: thrown });
}

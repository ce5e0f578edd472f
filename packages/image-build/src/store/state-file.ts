import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import { checkedText, readCheckedText, readOwnFile, writeAtomically, type RefusedPath } from "@imagewright/node-host";
import { buildError } from "../errors.js";

/** The version of the form of all these files. */
const SCHEMA = 1;
const LARGEST_BYTES = 1 << 20;

/** Writes a small file of a build's state, with a checksum: a reader finds all of it or the former content. */
export function writeCheckedFile(path: string, content: object): void {
  writeAtomically(path, checkedText(SCHEMA, content));
}

/** The content of such a file; undefined if there is none. Errors: build-not-readable, if it is damaged or others could have written it. */
export function readCheckedFile<Content>(path: string): Content | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  const read = readCheckedText(text, SCHEMA);
  if ("reason" in read) throw buildError("build-not-readable", { path, cause: read.reason });
  return read.value as Content;
}

function readText(path: string): Buffer | undefined {
  try {
    return readOwnFile(path, LARGEST_BYTES);
  } catch (thrown) {
    const cause = isImagewrightError(thrown, "node-host/path-refused") ? (thrown.data as RefusedPath).reason : describeCause(thrown);
    throw buildError("build-not-readable", { path, cause }, { cause: thrown });
  }
}

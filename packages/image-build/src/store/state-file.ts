import { readCheckedFile, writeCheckedFile } from "@imagewright/node-host";
import { buildError } from "../errors.js";

/** The form of all these files. */
const FORM = { schema: 1, largest: 1 << 20 };

/** Writes a small file of a build's state, with a checksum: a reader finds all of it or the former content. */
export function writeStateFile(path: string, content: object): void {
  writeCheckedFile(path, FORM, content);
}

/** The content of such a file; undefined if there is none. Errors: build-not-readable, if it is damaged or others could have written it. */
export function readStateFile<Content>(path: string): Content | undefined {
  const read = readCheckedFile(path, FORM);
  if (read === undefined) return undefined;
  if ("reason" in read) throw buildError("build-not-readable", { path, cause: read.reason });
  return read.value as Content;
}

import { readCheckedFile as readFile, writeCheckedFile as writeFile } from "@imagewright/node-host";
import { buildError } from "../errors.js";

/** The form of all these files. */
const FORM = { schema: 1, largest: 1 << 20 };

/** Writes a small file of a build's state, with a checksum: a reader finds all of it or the former content. */
export function writeCheckedFile(path: string, content: object): void {
  writeFile(path, FORM, content);
}

/** The content of such a file; undefined if there is none. Errors: build-not-readable, if it is damaged or others could have written it. */
export function readCheckedFile<Content>(path: string): Content | undefined {
  const read = readFile(path, FORM);
  if (read === undefined) return undefined;
  if ("reason" in read) throw buildError("build-not-readable", { path, cause: read.reason });
  return read.value as Content;
}

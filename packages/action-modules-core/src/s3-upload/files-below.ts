import type { FileSystem } from "@imagewright/action-contract";
import { attempt } from "../files/attempt.js";
import { joinPath } from "../files/path-bytes.js";
import { keyPart } from "./key-part.js";
import type { PlannedUpload } from "./planned-upload.js";

/**
 * The files below a folder, with keys below a prefix, sorted by name. Links to files are followed; links to folders, which may
 * form cycles, pipes and devices are skipped.
 */
export async function* filesBelow(files: FileSystem, folder: Buffer, prefix: string): AsyncGenerator<PlannedUpload> {
  const names = await attempt("read folder", folder, () => files.readdir(folder, { encoding: "buffer" }));
  for (const name of names.sort(Buffer.compare)) {
    const path = joinPath(folder, name);
    const own = await attempt("upload file", path, () => files.lstat(path));
    const facts = own.isSymbolicLink() ? await attempt("upload file", path, () => files.stat(path)) : own;
    if (facts.isFile()) yield { path, key: `${prefix}${keyPart(name, path)}`, size: facts.size };
    else if (own.isDirectory()) yield* filesBelow(files, path, `${prefix}${keyPart(name, path)}/`);
  }
}

import { attempt } from "./attempt.js";
import { ownFactsIfPresent } from "./file-facts.js";
import { moveEntry, type Move } from "./move-entry.js";
import { joinPath } from "./path-bytes.js";

/**
 * Moves the content of a folder into an existing one: files of the same names are replaced, other files stay. The emptied folder is
 * removed.
 */
export async function mergeFolder({ host, source, target, signal }: Omit<Move, "facts" | "isNew">): Promise<void> {
  const { files } = host;
  for (const name of await attempt("read folder", source, () => files.readdir(source, { encoding: "buffer" }))) {
    const inner = { host, source: joinPath(source, name), target: joinPath(target, name), signal };
    const facts = await attempt("move file", inner.source, () => files.lstat(inner.source));
    const taken = await ownFactsIfPresent(files, "move file", inner.target);
    if (facts.isDirectory() && taken !== undefined) await mergeFolder(inner);
    else await moveEntry({ ...inner, facts, isNew: taken === undefined });
  }
  await attempt("delete folder", source, () => files.rmdir(source));
}

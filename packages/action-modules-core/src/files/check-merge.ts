import type { FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "./attempt.js";
import { refuseToReplace } from "./copy-entry.js";
import { ownFactsIfPresent } from "./file-facts.js";
import { identityOf, ownIdentityOf } from "./file-identity.js";
import { joinPath } from "./path-bytes.js";
import type { FilePath } from "./show-path.js";
import { TASKS_AT_ONCE, workThrough } from "./work-through.js";

/** A folder whose content is merged into an existing one. */
export interface Merge {
  readonly files: FileSystem;
  /** The operation in messages: `copy folder`. */
  readonly operation: string;
  readonly source: FilePath;
  readonly target: FilePath;
  readonly signal: AbortSignal;
}

interface Pair {
  readonly source: Buffer;
  readonly target: Buffer;
}

/** Throws if a file would replace a folder, a folder would replace a file, or an entry would replace itself; changes nothing. */
export async function checkMerge(merge: Merge): Promise<void> {
  const { files, operation, signal } = merge;
  const identity = await identityOf(operation, merge.source, files);
  const work = async ({ source, target }: Pair): Promise<Pair[]> => {
    const taken = await ownFactsIfPresent(files, operation, target);
    if (taken === undefined) return [];
    const facts = await attempt(operation, source, () => files.lstat(source));
    if (!facts.isDirectory()) refuseToReplace(taken, target);
    else if (!taken.isDirectory()) throw actionError("not-a-folder", { operation: "create folder", path: target });
    if ((await ownIdentityOf(operation, target, files)) === identity) throw ownPlace(merge, target);
    return facts.isDirectory() ? pairsIn(files, source, target) : [];
  };
  for (const first of await pairsIn(files, merge.source, merge.target)) await workThrough({ first, limit: TASKS_AT_ONCE, signal, work });
}

async function pairsIn(files: FileSystem, source: FilePath, target: FilePath): Promise<Pair[]> {
  const names = await attempt("read folder", source, () => files.readdir(source, { encoding: "buffer" }));
  return names.map((name) => ({ source: joinPath(source, name), target: joinPath(target, name) }));
}

function ownPlace({ operation, source }: Merge, destination: FilePath) {
  return actionError("overwrites-itself", { operation, source, destination });
}

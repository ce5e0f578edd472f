import type { ActionContext, FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { checkMerge } from "./check-merge.js";
import { factsIfPresent, ownFactsIfPresent } from "./file-facts.js";
import { identityOf } from "./file-identity.js";
import { isInside } from "./is-inside.js";
import { isOtherSpelling } from "./other-spelling.js";
import type { Transfer, TransferKind } from "./plan-transfers.js";

/** Throws if a folder must not be copied or moved to its destination. Returns whether another folder is there; changes nothing. */
export async function checkFolderTransfer(
  kind: TransferKind,
  { source, destination }: Transfer,
  overwrite: boolean,
  context: ActionContext,
): Promise<boolean> {
  const { files } = context.host;
  const operation = `${kind.verb} ${kind.thing}`;
  const identity = await identityOf(operation, source, files);
  const facts = await factsIfPresent(files, "create folder", destination);
  if (facts === undefined) await refuseDanglingLink(files, destination);
  else if (!facts.isDirectory()) throw actionError("not-a-folder", { operation: "create folder", path: destination });
  else if (identity === (await identityOf(operation, destination, files))) {
    if (kind.verb === "move" && (await isOtherSpelling(operation, { source, destination }, context.host))) return false;
    throw actionError("same-file", { ...kind, source, destination });
  }
  if (await isInside(destination, identity, operation, context.host))
    throw actionError("inside-itself", { operation, source, destination });
  if (facts === undefined) return false;
  if (!overwrite) throw actionError("file-exists", { operation: "create folder", path: destination });
  await checkMerge({ files, operation, source, target: destination, signal: context.signal });
  return true;
}

/** A dangling link has the name: neither can a folder be made there, nor is there one to merge into. */
async function refuseDanglingLink(files: FileSystem, path: Transfer["destination"]): Promise<void> {
  const facts = await ownFactsIfPresent(files, "create folder", path);
  if (facts !== undefined) throw actionError("not-a-folder", { operation: "create folder", path, found: "a dangling symbolic link" });
}

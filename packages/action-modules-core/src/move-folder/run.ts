import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { checkFolderTransfer } from "../files/check-folder-transfer.js";
import { ensureFolder } from "../files/ensure-folder.js";
import { mergeFolder } from "../files/merge-folder.js";
import { moveEntry } from "../files/move-entry.js";
import { planTransfers, type TransferInput, type TransferKind } from "../files/plan-transfers.js";
import { quotePath } from "../files/show-path.js";

const OPERATION = "move folder";

const KIND: TransferKind = {
  verb: "move",
  thing: "folder",
  named: async (files, path) => {
    const facts = await attempt(OPERATION, path, () => files.lstat(path));
    if (facts.isDirectory()) return facts;
    const [found, hint] = facts.isSymbolicLink()
      ? ["a symbolic link", "use MoveFile, which moves the link itself"]
      : ["a file", "use MoveFile for files"];
    throw actionError("not-a-folder", { operation: OPERATION, path, found, hint });
  },
  matched: async (files, path) => {
    const facts = await attempt(OPERATION, path, () => files.lstat(path));
    return facts.isDirectory() ? facts : undefined;
  },
};

/** Moves all folders, after checking that none of them is an error. Each move is one line in the console log. */
export async function moveFolder(input: TransferInput, context: ActionContext): Promise<ActionResult> {
  const { host, log, signal } = context;
  const { folder, transfers } = await planTransfers(KIND, input, context);
  const present: boolean[] = [];
  for (const transfer of transfers) present.push(await checkFolderTransfer(KIND, transfer, input.overwrite ?? true, context));
  await ensureFolder(host.files, folder);
  for (const [index, { source, facts, destination: target }] of transfers.entries()) {
    if (present[index] === true) await mergeFolder({ host, source, target, signal });
    else await moveEntry({ host, source, facts, target, isNew: true, signal });
    log(`moved ${quotePath(source)} to ${quotePath(target)}`);
  }
  return { status: "succeeded", changed: true };
}

import type { Stats } from "node:fs";
import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { count } from "@imagewright/diagnostics";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { checkFolderTransfer } from "../files/check-folder-transfer.js";
import { copyTree, type CopiedTree } from "../files/copy-tree.js";
import { ensureFolder } from "../files/ensure-folder.js";
import { planTransfers, type Transfer, type TransferInput, type TransferKind } from "../files/plan-transfers.js";
import { quotePath, type FilePath } from "../files/show-path.js";

const OPERATION = "copy folder";

const KIND: TransferKind = {
  verb: "copy",
  thing: "folder",
  named: async (files, path) => {
    const facts = await attempt(OPERATION, path, () => files.stat(path));
    if (!facts.isDirectory())
      throw actionError("not-a-folder", { operation: OPERATION, path, found: "a file", hint: "use CopyFile for files" });
    return facts;
  },
  // links are followed here, so a dangling one is skipped like one that leads to a file
  matched: async (files, path) => {
    const facts = await files.stat(path).catch((): Stats | undefined => undefined);
    return facts?.isDirectory() === true ? facts : undefined;
  },
};

/** Copies all folders, after checking that none of them is an error. Each copy is one line in the console log. */
export async function copyFolder(input: TransferInput, context: ActionContext): Promise<ActionResult> {
  const { folder, transfers } = await planTransfers(KIND, input, context);
  for (const transfer of transfers) await checkFolderTransfer(KIND, transfer, input.overwrite ?? true, context);
  await ensureFolder(context.host.files, folder);
  let changed = false;
  for (const transfer of transfers) {
    const copied = await copyOne(transfer, context);
    changed ||= copied.changed;
    context.log(
      `copied ${quotePath(transfer.source)} to ${quotePath(transfer.destination)} (${count(copied.files, "file")}, ${count(copied.folders, "folder")})`,
    );
  }
  return { status: "succeeded", changed };
}

function copyOne({ source, destination: target, facts }: Transfer, { host, log, signal }: ActionContext): Promise<CopiedTree> {
  const onOther = (path: FilePath) => log(`skipped ${quotePath(path)}: it is not a file, folder or link`);
  return copyTree({ host, source, facts, target, exact: false, onOther, signal });
}

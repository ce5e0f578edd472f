import type { Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { ActionContext, ActionResult, FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { ensureFolder } from "../files/ensure-folder.js";
import { factsOfFile } from "../files/file-facts.js";
import { identityOf } from "../files/file-identity.js";
import { keepAttributes } from "../files/keep-attributes.js";
import { openSource } from "../files/open-source.js";
import { planTransfers, type Transfer, type TransferInput, type TransferKind } from "../files/plan-transfers.js";
import { replaceContent } from "../files/replace-content.js";
import { quotePath, type FilePath } from "../files/show-path.js";
import { checkTarget, writeTarget, type TargetOptions } from "../files/write-target.js";

const OPERATION = "copy file";
const PERMISSION_BITS = 0o777;
const SPECIAL_BITS = 0o7000;

const KIND: TransferKind = {
  verb: "copy",
  thing: "file",
  named: (files, path) => factsOfFile(files, OPERATION, path),
  // folders, pipes and devices are skipped; a dangling link is an error, since its file is missing
  matched: async (files, path) => {
    const facts = await attempt(OPERATION, path, () => files.stat(path));
    return facts.isFile() ? facts : undefined;
  },
};

/** Copies all files, after checking that none of them is an error. Each copy is one line in the console log. */
export async function copyFile(input: TransferInput, context: ActionContext): Promise<ActionResult> {
  const { files } = context.host;
  const { folder, transfers } = await planTransfers(KIND, input, context);
  const overwrite = input.overwrite ?? true;
  for (const transfer of transfers) await checkCopy(transfer, files, targetOptions(transfer, overwrite));
  await ensureFolder(files, folder);
  let changed = false;
  for (const transfer of transfers) {
    if (await copyOne(transfer, context, targetOptions(transfer, overwrite))) changed = true;
    context.log(`copied ${quotePath(transfer.source)} to ${quotePath(transfer.destination)}`);
  }
  return { status: "succeeded", changed };
}

function targetOptions({ facts }: Transfer, overwrite: boolean): TargetOptions {
  return { overwrite, mode: facts.mode & PERMISSION_BITS, folderHint: "end the destination with a path separator to copy into the folder" };
}

async function checkCopy({ source, destination }: Transfer, files: FileSystem, options: TargetOptions): Promise<void> {
  const identity = await identityOf(OPERATION, source, files);
  const taken = await identityOf("write file", destination, files);
  if (identity !== undefined && identity === taken) throw actionError("same-file", { ...KIND, source, destination });
  await checkTarget(files, destination, options);
}

/** Returns whether the destination changed. */
async function copyOne(
  { source, destination: path, facts }: Transfer,
  { host, signal }: ActionContext,
  options: TargetOptions,
): Promise<boolean> {
  const opened = await openSource(host.files, source, OPERATION);
  try {
    return await writeTarget(host.files, path, options, async (target, isNew) => {
      const replaced = await replaceContent({ operation: "write file", source: opened, target, path, signal });
      if (isNew) await keepSpecialBits(target, facts, path);
      return isNew || replaced;
    });
  } finally {
    await opened.close();
  }
}

/** The umask has already been applied to a new file's permissions; adds the special bits. */
async function keepSpecialBits(target: FileHandle, facts: Stats, path: FilePath): Promise<void> {
  if ((facts.mode & SPECIAL_BITS) === 0) return;
  const { mode } = await attempt(OPERATION, path, () => target.stat());
  const { uid, gid, atimeMs, mtimeMs } = facts;
  await keepAttributes(target, path, {
    mode: (mode & PERMISSION_BITS) | (facts.mode & SPECIAL_BITS),
    uid,
    gid,
    atimeMs,
    mtimeMs,
    exact: false,
  });
}

import type { Stats } from "node:fs";
import type { ActionContext, ActionResult, HostPorts } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { ensureFolder } from "../files/ensure-folder.js";
import { ownFactsIfPresent } from "../files/file-facts.js";
import { ownIdentityOf } from "../files/file-identity.js";
import { moveEntry } from "../files/move-entry.js";
import { isOtherSpelling } from "../files/other-spelling.js";
import { planTransfers, type Transfer, type TransferInput, type TransferKind } from "../files/plan-transfers.js";
import { quotePath } from "../files/show-path.js";

type Host = Pick<HostPorts, "files" | "platform">;

const OPERATION = "move file";
const FOLDER_HINT = "end the destination with a path separator to move into the folder";

const KIND: TransferKind = {
  verb: "move",
  thing: "file",
  named: async (files, path) => {
    const facts = await attempt(OPERATION, path, () => files.lstat(path));
    if (facts.isDirectory())
      throw actionError("not-a-file", { operation: OPERATION, path, found: "a folder", hint: "use MoveFolder for folders" });
    return facts;
  },
  matched: async (files, path) => {
    const facts = await attempt(OPERATION, path, () => files.lstat(path));
    return facts.isDirectory() ? undefined : facts;
  },
};

/** Moves all files, after checking that none of them is an error. Each move is one line in the console log. */
export async function moveFile(input: TransferInput, context: ActionContext): Promise<ActionResult> {
  const { host, log, signal } = context;
  const { folder, transfers } = await planTransfers(KIND, input, context);
  const taken: (Stats | undefined)[] = [];
  for (const transfer of transfers) taken.push(await checkMove(transfer, host, input.overwrite ?? true));
  await ensureFolder(host.files, folder);
  for (const [index, { source, facts, destination: target }] of transfers.entries()) {
    await moveEntry({ host, source, facts, target, isNew: taken[index] === undefined, signal });
    log(`moved ${quotePath(source)} to ${quotePath(target)}`);
  }
  return { status: "succeeded", changed: true };
}

/** Returns the existing file or link at the destination, which the move replaces. */
async function checkMove({ source, destination: path }: Transfer, host: Host, overwrite: boolean): Promise<Stats | undefined> {
  const { files } = host;
  const facts = await ownFactsIfPresent(files, "write file", path);
  if (facts === undefined) return undefined;
  if ((await ownIdentityOf(OPERATION, source, files)) === (await ownIdentityOf(OPERATION, path, files))) {
    if (await isOtherSpelling(OPERATION, { source, destination: path }, host)) return undefined;
    throw actionError("same-file", { ...KIND, source, destination: path });
  }
  if (facts.isDirectory()) throw actionError("not-a-file", { operation: "write file", path, found: "a folder", hint: FOLDER_HINT });
  // a rename would replace a device with a file
  if (!facts.isFile() && !facts.isSymbolicLink())
    throw actionError("not-a-file", { operation: "write file", path, found: "not a regular file" });
  if (!overwrite) throw actionError("file-exists", { operation: "write file", path });
  return facts;
}

import type { ActionContext, ActionResult, FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { applyAttributes, differentAttributes, findAttributes, type AttributeInput } from "../files/attributes.js";
import { attempt } from "../files/attempt.js";
import { ensureFolder } from "../files/ensure-folder.js";
import { factsIfPresent } from "../files/file-facts.js";
import { parentFolder, resolvePath, withoutSeparatorAtEnd } from "../files/resolve-path.js";

interface CreateFolderInput extends AttributeInput {
  readonly path: string;
  readonly overwrite?: boolean | undefined;
}

const OPERATION = "create folder";
const DEFAULT_MODE = 0o777;

/** Makes the folder or accepts an existing one. A new folder whose owner or permissions cannot be set is removed. */
export async function createFolder(input: CreateFolderInput, context: ActionContext): Promise<ActionResult> {
  const { accounts, files, platform } = context.host;
  const path = withoutSeparatorAtEnd(resolvePath(input.path, context), platform);
  const attributes = await findAttributes(input, accounts);
  const isNew = !(await folderExists(files, path, input.overwrite ?? true));
  if (isNew) {
    await ensureFolder(files, parentFolder(path, platform));
    await attempt(OPERATION, path, () => files.mkdir(path, { mode: attributes.mode ?? DEFAULT_MODE }));
  }
  try {
    const target = { chown: (uid: number, gid: number) => files.chown(path, uid, gid), chmod: (mode: number) => files.chmod(path, mode) };
    const before = await factsIfPresent(files, OPERATION, path);
    await applyAttributes(target, path, attributes);
    const changed = isNew || differentAttributes(before, await factsIfPresent(files, OPERATION, path));
    return { status: "succeeded", changed };
  } catch (thrown) {
    if (isNew) await files.rmdir(path).catch(() => undefined);
    throw thrown;
  }
}

async function folderExists(files: FileSystem, path: string, overwrite: boolean): Promise<boolean> {
  const facts = await factsIfPresent(files, OPERATION, path);
  if (facts === undefined) return false;
  if (!facts.isDirectory()) throw actionError("not-a-folder", { operation: OPERATION, path });
  if (!overwrite) throw actionError("file-exists", { operation: OPERATION, path });
  return true;
}

import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { fileErrorCode } from "../files/describe-file-error.js";
import { resolvePath, splitPath } from "../files/resolve-path.js";
import { quotePath, type FilePath } from "../files/show-path.js";
import { expandWildcard, hasWildcard } from "../files/wildcard.js";

const OPERATION = "delete file";

/** Deletes files and links, never folders and never what a link leads to. Each deleted file is one line in the console log. */
export async function deleteFile(input: { readonly path: string }, context: ActionContext): Promise<ActionResult> {
  const path = resolvePath(input.path, context);
  if (hasWildcard(splitPath(path, context.host.platform).name)) return { status: "succeeded", changed: await deleteMatches(path, context) };
  await deleteOne(path, context);
  return { status: "succeeded", changed: true };
}

async function deleteOne(path: string, { host, log }: ActionContext): Promise<void> {
  const facts = await attempt(OPERATION, path, () => host.files.lstat(path));
  if (facts.isDirectory())
    throw actionError("not-a-file", { operation: OPERATION, path, found: "a folder", hint: "use DeleteFolder for folders" });
  await attempt(OPERATION, path, () => host.files.unlink(path));
  log(`deleted ${quotePath(path)}`);
}

/** Returns whether there was any. */
async function deleteMatches(pattern: string, { host, log, signal }: ActionContext): Promise<boolean> {
  let deleted = false;
  for (const { path } of await expandWildcard(host.files, pattern, host.platform)) {
    signal.throwIfAborted();
    if (!(await attempt(OPERATION, path, () => deleteIfFile(path, host.files)))) continue;
    log(`deleted ${quotePath(path)}`);
    deleted = true;
  }
  return deleted;
}

/** Whether the file existed; one deleted by another program in the meantime is not an error. */
async function deleteIfFile(path: FilePath, files: ActionContext["host"]["files"]): Promise<boolean> {
  try {
    if ((await files.lstat(path)).isDirectory()) return false;
    await files.unlink(path);
    return true;
  } catch (thrown) {
    if (fileErrorCode(thrown) === "ENOENT") return false;
    throw thrown;
  }
}

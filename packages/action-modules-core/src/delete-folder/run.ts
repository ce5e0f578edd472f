import type { ActionContext, ActionResult, FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { deleteTree } from "../files/delete-tree.js";
import { describeFileError, fileErrorCode } from "../files/describe-file-error.js";
import { parentFolder, resolvePath, splitPath, withoutSeparatorAtEnd } from "../files/resolve-path.js";
import { quotePath } from "../files/show-path.js";

interface DeleteFolderInput {
  readonly path: string;
  readonly force?: boolean | undefined;
}

const OPERATION = "delete folder";

/** Deletes the folder, never the targets of links in it. It is one line in the console log. */
export async function deleteFolder(input: DeleteFolderInput, context: ActionContext): Promise<ActionResult> {
  const { files, platform } = context.host;
  const path = withoutSeparatorAtEnd(resolvePath(input.path, context), platform);
  await refuseOthers(files, path);
  const real = await attempt(OPERATION, path, () => files.realpath(path));
  // a share is one by its name
  if ([path, real].some((one) => one === parentFolder(one, platform))) throw actionError("root-folder", { operation: OPERATION, path });
  // the system cannot delete a folder by the names `.` and `..`
  const folder = [".", ".."].includes(splitPath(path, platform).name) ? real : path;
  if (input.force === true) await deleteTree(files, folder, context.signal);
  else await deleteEmpty(files, folder);
  context.log(`deleted ${quotePath(folder)}`);
  return { status: "succeeded", changed: true };
}

async function refuseOthers(files: FileSystem, path: string): Promise<void> {
  const facts = await attempt(OPERATION, path, () => files.lstat(path));
  if (facts.isDirectory()) return;
  const [found, hint] = facts.isSymbolicLink()
    ? ["a symbolic link", "use DeleteFile, which deletes the link itself"]
    : ["a file", "use DeleteFile for files"];
  throw actionError("not-a-folder", { operation: OPERATION, path, found, hint });
}

async function deleteEmpty(files: FileSystem, path: string): Promise<void> {
  await attempt(OPERATION, path, async () => {
    try {
      await files.rmdir(path);
    } catch (thrown) {
      if (fileErrorCode(thrown) !== "ENOTEMPTY") throw thrown;
      const { reason } = describeFileError("ENOTEMPTY");
      throw actionError(
        "file-operation-failed",
        { operation: OPERATION, path, reason, hint: 'set "force" to true to delete it with its content' },
        { cause: thrown },
      );
    }
  });
}

import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { attempt, createError, parsePermissions, resolvePath } from "@imagewright/action-modules-core";

interface SetFilePermissionsInput {
  readonly path: string;
  readonly permissions: string;
}

const OPERATION = "change the permissions of";

/** Sets the permissions of a file of any kind, a pipe or a device too; only a folder is refused. */
export async function setFilePermissions(input: SetFilePermissionsInput, context: ActionContext): Promise<ActionResult> {
  const { files } = context.host;
  const mode = parsePermissions(input.permissions);
  const path = resolvePath(input.path, context);
  const facts = await attempt(OPERATION, path, () => files.stat(path));
  if (facts.isDirectory()) {
    throw createError("not-a-file", { operation: OPERATION, path, found: "a folder", hint: "use SetFolderPermissions for folders" });
  }
  await attempt(OPERATION, path, () => files.chmod(path, mode));
  return { status: "succeeded" };
}

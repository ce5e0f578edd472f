import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { parsePermissions } from "@imagewright/action-modules-core";
import { CHANGE_PERMISSIONS, changePermissions } from "../files/change-permissions.js";
import { fileEntry } from "../files/entry.js";

interface SetFilePermissionsInput {
  readonly path: string;
  readonly permissions: string;
}

/** Sets the permissions of a file of any kind, a pipe or a device too; only a folder is rejected. */
export async function setFilePermissions(input: SetFilePermissionsInput, context: ActionContext): Promise<ActionResult> {
  const mode = parsePermissions(input.permissions);
  const entry = await fileEntry(input.path, CHANGE_PERMISSIONS, "use SetFolderPermissions for folders", context);
  return { status: "succeeded", changed: await changePermissions(context.host.files, entry, mode) };
}

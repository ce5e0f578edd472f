import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { parsePermissions } from "@imagewright/action-modules-core";
import { CHANGE_PERMISSIONS, changePermissions } from "../files/change-permissions.js";
import { changeTree } from "../files/change-tree.js";
import { folderEntry, type Entry } from "../files/entry.js";

interface SetFolderPermissionsInput {
  readonly path: string;
  readonly permissions: string;
  readonly recursive?: boolean | undefined;
}

// what the owner of a folder needs to list and enter it
const OWNER_MAY_ENTER = 0o500;

/**
 * Sets the permissions of a folder and, unless `recursive` is false, of the files and folders in it. Links have no permissions of their
 * own.
 */
export async function setFolderPermissions(input: SetFolderPermissionsInput, context: ActionContext): Promise<ActionResult> {
  const { files } = context.host;
  const mode = parsePermissions(input.permissions);
  const folder = await folderEntry(input.path, CHANGE_PERMISSIONS, "use SetFilePermissions for files", context);
  const change = async (entry: Entry) => !entry.facts.isSymbolicLink() && changePermissions(files, entry, mode);
  if (input.recursive === false) return { status: "succeeded", changed: await change(folder) };

  // permissions that open a folder are set before its content is changed, those that close it afterwards
  const folders = (mode & OWNER_MAY_ENTER) === OWNER_MAY_ENTER ? "first" : "last";
  return { status: "succeeded", changed: await changeTree({ files, signal: context.signal, folders, change }, folder) };
}

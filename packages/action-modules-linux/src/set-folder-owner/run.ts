import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { changeTree } from "../files/change-tree.js";
import { folderEntry, type Entry } from "../files/entry.js";
import { CHANGE_OWNER, changeOwner, findOwnership } from "../files/ownership.js";

interface SetFolderOwnerInput {
  readonly path: string;
  readonly owner: string;
  readonly group?: string | undefined;
  readonly recursive?: boolean | undefined;
}

/**
 * Changes the owner of a folder and, unless `recursive` is false, of everything in it. For a link in it, the link's own owner changes, not
 * its target's.
 */
export async function setFolderOwner(input: SetFolderOwnerInput, context: ActionContext): Promise<ActionResult> {
  const { accounts, files } = context.host;
  const ownership = await findOwnership(input, accounts);
  const folder = await folderEntry(input.path, CHANGE_OWNER, "use SetFileOwner for files", context);
  if (input.recursive === false) return { status: "succeeded", changed: await changeOwner(files, folder, ownership) };

  // the path may lead to the folder through a link; below it no link is followed
  const change = (entry: Entry) => changeOwner(files, entry, ownership, entry === folder ? undefined : "link");
  // the content of a folder first: afterwards this user may no longer be allowed to enter it
  return { status: "succeeded", changed: await changeTree({ files, signal: context.signal, folders: "last", change }, folder) };
}

import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { fileEntry } from "../files/entry.js";
import { CHANGE_OWNER, changeOwner, findOwnership } from "../files/ownership.js";

interface SetFileOwnerInput {
  readonly path: string;
  readonly owner: string;
  readonly group?: string | undefined;
}

/** Changes the owner of a file of any kind; only a folder is rejected. */
export async function setFileOwner(input: SetFileOwnerInput, context: ActionContext): Promise<ActionResult> {
  const { accounts, files } = context.host;
  const ownership = await findOwnership(input, accounts);
  const entry = await fileEntry(input.path, CHANGE_OWNER, "use SetFolderOwner for folders", context);
  return { status: "succeeded", changed: await changeOwner(files, entry, ownership) };
}

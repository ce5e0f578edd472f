import type { Accounts, FileSystem } from "@imagewright/action-contract";
import { attempt, findGroup, findUser } from "@imagewright/action-modules-core";
import type { Entry } from "./entry.js";

export const CHANGE_OWNER = "change the owner of";

/** Who something is to belong to; without a group it keeps its own. */
export interface Ownership {
  readonly uid: number;
  readonly gid: number | undefined;
}

/**
 * Looks up the inputs `owner` and `group`, names or ids. Without a group it is the one that the user belongs to; an id without an account
 * belongs to none. Throws for a name that this machine does not know.
 */
export async function findOwnership(
  { owner, group }: { owner: string; group?: string | undefined },
  accounts: Accounts,
): Promise<Ownership> {
  const user = await findUser(owner, accounts);
  return { uid: user.uid, gid: group === undefined ? user.gid : await findGroup(group, accounts) };
}

/** Gives an entry to someone, unless it is theirs. Gives whether it was someone else's. A link is followed unless `link` says that it is meant. */
export async function changeOwner(
  files: FileSystem,
  { path, facts }: Entry,
  { uid, gid = facts.gid }: Ownership,
  link?: "link",
): Promise<boolean> {
  if (facts.uid === uid && facts.gid === gid) return false;
  await attempt(CHANGE_OWNER, path, () => (link === "link" ? files.lchown(path, uid, gid) : files.chown(path, uid, gid)));
  return true;
}

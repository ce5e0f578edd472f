import type { Accounts, FileSystem } from "@imagewright/action-contract";
import { attempt, findGroup, findUser } from "@imagewright/action-modules-core";
import type { Entry } from "./entry.js";

export const CHANGE_OWNER = "change the owner of";

/** The requested owner; without a group, an entry keeps its own. */
export interface Ownership {
  readonly uid: number;
  readonly gid: number | undefined;
}

/**
 * Looks up the inputs `owner` and `group`, names or ids. The default group is the user's primary group; an id without an account
 * has none. Throws for a name that this machine does not know.
 */
export async function findOwnership(
  { owner, group }: { owner: string; group?: string | undefined },
  accounts: Accounts,
): Promise<Ownership> {
  const user = await findUser(owner, accounts);
  return { uid: user.uid, gid: group === undefined ? user.gid : await findGroup(group, accounts) };
}

/** Changes the owner of an entry, unless it is right already. Returns whether it changed. A link is followed unless `link` is set. */
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

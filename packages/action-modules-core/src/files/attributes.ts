import type { Stats } from "node:fs";
import type { Accounts } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "./attempt.js";
import { parsePermissions } from "./permissions.js";
import type { FilePath } from "./show-path.js";

export interface AttributeInput {
  readonly owner?: string | undefined;
  readonly group?: string | undefined;
  readonly permissions?: string | undefined;
}

/** The owner, group and permissions of a file; undefined keeps the current value. */
export interface Attributes {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly mode: number | undefined;
}

/** A target whose attributes can be set: an open file, or a path with its calls. */
export interface AttributeTarget {
  chown(uid: number, gid: number): Promise<void>;
  chmod(mode: number): Promise<void>;
}

// the system's value for "keep this one"
const UNCHANGED = -1;
const SPECIAL_BITS = 0o7000;

/** Looks up owner and group. Throws for a user or group that this machine does not know, before anything is changed. */
export async function findAttributes({ owner, group, permissions }: AttributeInput, accounts: Accounts): Promise<Attributes> {
  const user = owner === undefined ? undefined : await findUser(owner, accounts);
  const gid = group === undefined ? undefined : await findGroup(group, accounts);
  return { uid: user?.uid, gid, mode: permissions === undefined ? undefined : parsePermissions(permissions) };
}

/** A user by name or id, and the user's primary group, if there is an account. Throws for a name that this machine does not know. */
export async function findUser(name: string, accounts: Accounts): Promise<{ readonly uid: number; readonly gid: number | undefined }> {
  const user = await accounts.user(name);
  if (user === undefined) throw actionError("unknown-account", { kind: "user", name });
  return user;
}

/** The id of a group by name or id. Throws for a name that this machine does not know. */
export async function findGroup(name: string, accounts: Accounts): Promise<number> {
  const gid = await accounts.group(name);
  if (gid === undefined) throw actionError("unknown-account", { kind: "group", name });
  return gid;
}

/** Whether owner, group or permissions would change. */
export function differentAttributes(
  before: Pick<Stats, "uid" | "gid" | "mode"> | undefined,
  after: Pick<Stats, "uid" | "gid" | "mode"> | undefined,
): boolean {
  return before?.uid !== after?.uid || before?.gid !== after?.gid || before?.mode !== after?.mode;
}

/** Sets owner, group and permissions, in this order: a change of the owner clears the special bits. */
export async function applyAttributes(target: AttributeTarget, path: FilePath, { uid, gid, mode }: Attributes): Promise<void> {
  if (uid !== undefined || gid !== undefined) {
    await attempt("change the owner of", path, () => target.chown(uid ?? UNCHANGED, gid ?? UNCHANGED));
  }
  if (mode !== undefined) await setPermissions(target, path, mode);
}

/** Sets the special bits again, since writing to a file clears them unless root does it. */
export async function restoreSpecialBits(target: AttributeTarget, path: FilePath, { mode }: Attributes): Promise<void> {
  if (mode !== undefined && (mode & SPECIAL_BITS) !== 0) await setPermissions(target, path, mode);
}

async function setPermissions(target: AttributeTarget, path: FilePath, mode: number): Promise<void> {
  await attempt("change the permissions of", path, () => target.chmod(mode));
}

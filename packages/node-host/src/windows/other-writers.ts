import type { AccessEntry, SecurityDescriptor } from "./security-descriptor.js";

const SYSTEM = "S-1-5-18";
const ADMINISTRATORS = "S-1-5-32-544";
const TRUSTED_INSTALLER = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
// stand for the owner of what they are on, who is judged alone
const CREATOR = "S-1-3-0";
const OWNER_RIGHTS = "S-1-3-4";
const TRUSTED: ReadonlySet<string> = new Set([SYSTEM, ADMINISTRATORS, TRUSTED_INSTALLER, CREATOR, OWNER_RIGHTS]);

const DELETE = 0x0001_0000;
const CHANGE_ACCESS = 0x000c_0000; // WRITE_DAC, WRITE_OWNER
const GENERIC_ALL = 0x1000_0000;
const DELETE_INSIDE = 0x0040; // FILE_DELETE_CHILD
const REPLACE_INSIDE = DELETE_INSIDE | CHANGE_ACCESS | GENERIC_ALL;
const REPLACE = DELETE | CHANGE_ACCESS | GENERIC_ALL;
// besides: to add files and folders, and to write attributes of both kinds, by which an empty folder can become a junction
const CHANGE = REPLACE | DELETE_INSIDE | 0x0116 | 0x4000_0000;

/**
 * Why a folder on Windows is not the user's alone: somebody else owns it or can change what is in it, or what is made in it. The system,
 * the administrators and the installer of Windows are trusted, as root is elsewhere. Undefined if it is.
 */
export function whyOthersCanWrite({ owner, entries }: SecurityDescriptor, user: string): string | undefined {
  if (!isTrustedAccount(owner, user)) return "it belongs to another user";
  return allows(entries, CHANGE, user) ? "others than its owner can write to it" : undefined;
}

/** Why others could put something else in the place of a folder's entry; undefined if they cannot. */
export function whyOthersCanSwap(folder: SecurityDescriptor, entry: SecurityDescriptor, user: string): string | undefined {
  if (!isTrustedAccount(folder.owner, user)) return "it belongs to another user, who can replace what is in it";
  if (allows(nowOf(folder), REPLACE_INSIDE, user)) return "others than its owner can replace what is in it";
  if (isTrustedAccount(entry.owner, user) && !allows(nowOf(entry), REPLACE, user)) return undefined;
  return "others than its owner can replace what is in it";
}

/** Whether this user, or one who can do everything anyway, is the owner. */
export function isTrustedAccount(owner: string | undefined, user: string): boolean {
  return owner !== undefined && (owner === user || TRUSTED.has(owner));
}

function nowOf({ entries }: SecurityDescriptor): readonly AccessEntry[] | undefined {
  return entries?.filter(({ isForInside }) => !isForInside);
}

function allows(entries: readonly AccessEntry[] | undefined, rights: number, user: string): boolean {
  return entries === undefined || entries.some((entry) => (entry.rights & rights) !== 0 && !isTrustedAccount(entry.sid, user));
}

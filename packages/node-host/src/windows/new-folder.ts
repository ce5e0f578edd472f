import { addressOf, ffi, openLibrary, widePath, wideText } from "./bun-libraries.js";
import { windowsAccount, type WindowsAccount } from "./this-account.js";

const CODES: Readonly<Record<number, string>> = {
  2: "ENOENT",
  3: "ENOENT",
  5: "EACCES",
  112: "ENOSPC",
  123: "EINVAL",
  183: "EEXIST",
  206: "ENAMETOOLONG",
};
const FORM = 1; // SDDL_REVISION_1
const OTHERS = 0o077;

const kernel =
  ffi &&
  openLibrary("kernel32.dll", {
    CreateDirectoryW: { args: ["ptr", "ptr"], returns: "i32" },
    GetLastError: { args: [], returns: "u32" },
    LocalFree: { args: ["i64"], returns: "i64" },
  });
const security =
  ffi &&
  openLibrary("advapi32.dll", {
    ConvertStringSecurityDescriptorToSecurityDescriptorW: { args: ["ptr", "u32", "ptr", "ptr"], returns: "i32" },
  });

/**
 * Makes a new folder that has its access list from the moment at which it is there: that of `accessList`. Returns false where that cannot
 * be done. Throws as Node's `mkdir`.
 */
export function makeWithAccessList(path: string, mode: number): boolean {
  const account = windowsAccount();
  if (kernel === undefined || security === undefined || account === undefined) return false;
  const list = wideText(accessList(mode, account));
  const descriptor = new BigInt64Array(1);
  if (security.ConvertStringSecurityDescriptorToSecurityDescriptorW(addressOf(list), FORM, addressOf(descriptor), null) === 0)
    throw new Error(`Windows does not read the access list ${list.toString("utf16le")}`);
  const attributes = Buffer.alloc(24);
  attributes.writeUInt32LE(attributes.length, 0);
  attributes.writeBigInt64LE(descriptor[0] ?? 0n, 8);
  const name = widePath(path);
  const isMade = kernel.CreateDirectoryW(addressOf(name), addressOf(attributes)) !== 0;
  const reason = isMade ? 0 : kernel.GetLastError();
  kernel.LocalFree(descriptor[0] ?? 0n);
  if (isMade) return true;
  const code = CODES[reason] ?? "EIO";
  throw Object.assign(new Error(`${code}: error ${reason} of Windows, mkdir '${path}'`), { code, path, syscall: "mkdir" });
}

/**
 * The access list of a folder of Windows, which nothing is inherited into and which all inside inherits: for the system and the
 * administrators, and for the user if that is another. A folder of an administrator belongs to the administrators, so that programs of the
 * same user without those rights cannot change it. A mode that lets others read lets everybody read.
 */
export function accessList(mode: number, { sid, isAdministrator }: WindowsAccount): string {
  const all = (account: string) => `(A;OICI;FA;;;${account})`;
  const own = isAdministrator ? "" : all(sid);
  const readers = (mode & OTHERS) === 0 ? "" : "(A;OICI;FRFX;;;WD)";
  return `${isAdministrator ? "O:BA" : ""}D:P${all("SY")}${all("BA")}${own}${readers}`;
}

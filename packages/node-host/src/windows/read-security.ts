import { addressOf, bytesAt, ffi, openLibrary, widePath } from "./bun-libraries.js";
import { readSecurityDescriptor, type SecurityDescriptor } from "./security-descriptor.js";

const MAY_READ_ACCESS = 0x0002_0000;
const SHARED = 7;
const EXISTING = 3;
const FOLDER_OR_LINK = 0x0220_0000; // FILE_FLAG_BACKUP_SEMANTICS, FILE_FLAG_OPEN_REPARSE_POINT
const INVALID = -1n;
const FILE = 1;
const OWNER_AND_LIST = 5;

const kernel =
  ffi &&
  openLibrary("kernel32.dll", {
    CreateFileW: { args: ["ptr", "u32", "u32", "ptr", "u32", "u32", "i64"], returns: "i64" },
    CloseHandle: { args: ["i64"], returns: "i32" },
    LocalFree: { args: ["i64"], returns: "i64" },
  });
const security =
  ffi &&
  openLibrary("advapi32.dll", {
    GetSecurityInfo: { args: ["i64", "u32", "u32", "ptr", "ptr", "ptr", "ptr", "ptr"], returns: "u32" },
    GetSecurityDescriptorLength: { args: ["i64"], returns: "u32" },
  });

/** Who owns a file or folder and who may do what with it; a link is not followed. Undefined if this user may not know. */
export function readSecurity(path: string): SecurityDescriptor | undefined {
  if (kernel === undefined || security === undefined) return undefined;
  const name = widePath(path);
  const handle = kernel.CreateFileW(addressOf(name), MAY_READ_ACCESS, SHARED, null, EXISTING, FOLDER_OR_LINK, 0n);
  if (handle === INVALID) return undefined;
  try {
    const found = new BigInt64Array(1);
    if (security.GetSecurityInfo(handle, FILE, OWNER_AND_LIST, null, null, null, null, addressOf(found)) !== 0) return undefined;
    const address = found[0] ?? 0n;
    const bytes = bytesAt(Number(address), security.GetSecurityDescriptorLength(address));
    kernel.LocalFree(address);
    return readSecurityDescriptor(bytes);
  } finally {
    kernel.CloseHandle(handle);
  }
}

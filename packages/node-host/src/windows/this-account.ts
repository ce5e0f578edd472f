import { addressOf, bytesAt, ffi, openLibrary } from "./bun-libraries.js";
import { readSid } from "./security-descriptor.js";

/** The account in which this process runs. */
export interface WindowsAccount {
  readonly sid: string;
  /** Whether it has the rights of an administrator now; the system's account has them too. */
  readonly isAdministrator: boolean;
}

const MAY_QUERY = 8;
const USER = 1;
const LONGEST_SID = 68;
let known: WindowsAccount | undefined;

/** The account of this process on Windows; undefined elsewhere, and where it cannot be asked. */
export function windowsAccount(): WindowsAccount | undefined {
  return ffi === undefined ? undefined : (known ??= ask());
}

function ask(): WindowsAccount {
  const kernel = openLibrary("kernel32.dll", {
    GetCurrentProcess: { args: [], returns: "i64" },
    CloseHandle: { args: ["i64"], returns: "i32" },
  });
  const security = openLibrary("advapi32.dll", {
    OpenProcessToken: { args: ["i64", "u32", "ptr"], returns: "i32" },
    GetTokenInformation: { args: ["i64", "u32", "ptr", "u32", "ptr"], returns: "i32" },
  });
  const { IsUserAnAdmin } = openLibrary("shell32.dll", { IsUserAnAdmin: { args: [], returns: "i32" } });
  const token = new BigInt64Array(1);
  if (security.OpenProcessToken(kernel.GetCurrentProcess(), MAY_QUERY, addressOf(token)) === 0) throw notKnown();
  // the address of the SID, which follows, and its attributes
  const information = Buffer.alloc(16 + LONGEST_SID);
  const length = new Uint32Array(1);
  const isKnown = security.GetTokenInformation(token[0] ?? 0n, USER, addressOf(information), information.length, addressOf(length));
  kernel.CloseHandle(token[0] ?? 0n);
  if (isKnown === 0) throw notKnown();
  const sid = readSid(bytesAt(Number(information.readBigUInt64LE(0)), LONGEST_SID), 0);
  return { sid, isAdministrator: IsUserAnAdmin() !== 0 };
}

function notKnown(): Error {
  return new Error("Windows does not tell the account of this process");
}

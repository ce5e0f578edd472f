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
const LONGEST_NAME = 257;
let known: WindowsAccount | undefined;

/** The account of this process on Windows; undefined elsewhere, and where it cannot be asked. */
export function windowsAccount(): WindowsAccount | undefined {
  return ffi === undefined ? undefined : (known ??= ask());
}

/** The name of this process's account, such as `DOMAIN\\name`; a domain may take a while to tell it. Undefined if nobody does. */
export function windowsAccountName(): string | undefined {
  if (ffi === undefined) return undefined;
  const { LookupAccountSidW: lookUp } = openLibrary("advapi32.dll", {
    LookupAccountSidW: { args: ["ptr", "ptr", "ptr", "ptr", "ptr", "ptr", "ptr"], returns: "i32" },
  });
  const user = readUser();
  const [name, domain] = [newText(), newText()];
  const kind = new Uint32Array(1);
  const places = [name, domain].flatMap(({ characters, length }) => [addressOf(characters), addressOf(length)]);
  const [nameAt = 0, nameLengthAt = 0, domainAt = 0, domainLengthAt = 0] = places;
  const isKnown = lookUp(null, sidAddress(user), nameAt, nameLengthAt, domainAt, domainLengthAt, addressOf(kind)) !== 0;
  return isKnown ? `${readText(domain)}\\${readText(name)}` : undefined;
}

interface NativeText {
  readonly characters: Buffer;
  /** How many there are, or may be. */
  readonly length: Uint32Array;
}

function newText(): NativeText {
  return { characters: Buffer.alloc(2 * LONGEST_NAME), length: Uint32Array.of(LONGEST_NAME) };
}

function readText({ characters, length: [length = 0] }: NativeText): string {
  return characters.toString("utf16le", 0, 2 * length);
}

function ask(): WindowsAccount {
  const { IsUserAnAdmin } = openLibrary("shell32.dll", { IsUserAnAdmin: { args: [], returns: "i32" } });
  const user = readUser();
  return { sid: readSid(bytesAt(sidAddress(user), LONGEST_SID), 0), isAdministrator: IsUserAnAdmin() !== 0 };
}

/** What the token of this process says of its user: the address of the SID, which is in these bytes, and its attributes. */
function readUser(): Buffer {
  const kernel = openLibrary("kernel32.dll", {
    GetCurrentProcess: { args: [], returns: "i64" },
    CloseHandle: { args: ["i64"], returns: "i32" },
  });
  const security = openLibrary("advapi32.dll", {
    OpenProcessToken: { args: ["i64", "u32", "ptr"], returns: "i32" },
    GetTokenInformation: { args: ["i64", "u32", "ptr", "u32", "ptr"], returns: "i32" },
  });
  const token = new BigInt64Array(1);
  if (security.OpenProcessToken(kernel.GetCurrentProcess(), MAY_QUERY, addressOf(token)) === 0) throw notKnown();
  const information = Buffer.alloc(16 + LONGEST_SID);
  const length = new Uint32Array(1);
  const isKnown = security.GetTokenInformation(token[0] ?? 0n, USER, addressOf(information), information.length, addressOf(length));
  kernel.CloseHandle(token[0] ?? 0n);
  if (isKnown === 0) throw notKnown();
  return information;
}

function sidAddress(user: Buffer): number {
  return Number(user.readBigUInt64LE(0));
}

function notKnown(): Error {
  return new Error("Windows does not tell the account of this process");
}

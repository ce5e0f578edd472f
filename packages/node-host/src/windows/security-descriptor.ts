/** Who owns a file or folder of Windows, and who may do what with it. Accounts are by their SID, such as `S-1-5-18`. */
export interface SecurityDescriptor {
  readonly owner: string | undefined;
  /** Undefined if there is no list, which lets everybody do everything. */
  readonly entries: readonly AccessEntry[] | undefined;
}

/** One entry of an access list that allows something. */
export interface AccessEntry {
  readonly sid: string;
  /** The rights, as bits. */
  readonly rights: number;
  /** Whether it counts only for what is made inside. */
  readonly isForInside: boolean;
}

const HAS_LIST = 0x0004;
const INHERIT_ONLY = 0x08;
const ALLOWED: ReadonlySet<number> = new Set([0x00, 0x09]);
// those that deny, and those for logs of access
const IRRELEVANT: ReadonlySet<number> = new Set([0x01, 0x06, 0x0a, 0x0c, 0x02, 0x07, 0x0d, 0x0f, 0x11, 0x12, 0x13]);

/** Everybody, as an account. */
export const EVERYBODY = "S-1-1-0";

/** Reads a self-relative security descriptor in the form of Microsoft's [MS-DTYP] 2.4.6. Entries that deny something are left out. */
export function readSecurityDescriptor(bytes: Buffer): SecurityDescriptor {
  const ownerAt = bytes.readUInt32LE(4);
  const listAt = bytes.readUInt32LE(16);
  const hasList = (bytes.readUInt16LE(2) & HAS_LIST) !== 0 && listAt !== 0;
  return { owner: ownerAt === 0 ? undefined : readSid(bytes, ownerAt), entries: hasList ? [...readList(bytes, listAt)] : undefined };
}

/** Reads an account's SID at a place in bytes ([MS-DTYP] 2.4.2.2). */
export function readSid(bytes: Buffer, at: number): string {
  const count = bytes.readUInt8(at + 1);
  const numbers = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(at + 8 + 4 * index));
  return ["S", bytes.readUInt8(at), bytes.readUIntBE(at + 2, 6), ...numbers].join("-");
}

function* readList(bytes: Buffer, at: number): Generator<AccessEntry> {
  let entry = at + 8;
  for (let left = bytes.readUInt16LE(at + 4); left > 0; left--) {
    const type = bytes.readUInt8(entry);
    const isForInside = (bytes.readUInt8(entry + 1) & INHERIT_ONLY) !== 0;
    const rights = bytes.readUInt32LE(entry + 4);
    if (ALLOWED.has(type)) yield { sid: readSid(bytes, entry + 8), rights, isForInside };
    // what an entry of an unknown kind allows, it may allow everybody
    else if (!IRRELEVANT.has(type)) yield { sid: EVERYBODY, rights, isForInside };
    entry += bytes.readUInt16LE(entry + 2);
  }
}

/** An entry: kind (0 allows, 1 denies), flags (8: for what is inside alone), rights, account. */
export type TestEntry = readonly [kind: number, flags: number, rights: number, sid: string];

/** A security descriptor as Windows has it in memory; without entries it has no access list. */
export function encodeDescriptor(owner: string, entries?: readonly TestEntry[]): Buffer {
  const sid = encodeSid(owner);
  const list = entries && encodeList(entries);
  const header = Buffer.alloc(20);
  header.writeUInt8(1, 0);
  header.writeUInt16LE(list === undefined ? 0x8000 : 0x8004, 2);
  header.writeUInt32LE(header.length, 4);
  header.writeUInt32LE(list === undefined ? 0 : header.length + sid.length, 16);
  return Buffer.concat([header, sid, list ?? Buffer.alloc(0)]);
}

function encodeList(entries: readonly TestEntry[]): Buffer {
  const encoded = entries.map(([kind, flags, rights, account]) => {
    const sid = encodeSid(account);
    const entry = Buffer.alloc(8);
    entry.writeUInt8(kind, 0);
    entry.writeUInt8(flags, 1);
    entry.writeUInt16LE(entry.length + sid.length, 2);
    entry.writeUInt32LE(rights, 4);
    return Buffer.concat([entry, sid]);
  });
  const header = Buffer.alloc(8);
  header.writeUInt8(2, 0);
  header.writeUInt16LE(encoded.length, 4);
  return Buffer.concat([header, ...encoded]);
}

function encodeSid(text: string): Buffer {
  const [revision = 1, authority = 0, ...numbers] = text.split("-").slice(1).map(Number);
  const sid = Buffer.alloc(8 + 4 * numbers.length);
  sid.writeUInt8(revision, 0);
  sid.writeUInt8(numbers.length, 1);
  sid.writeUIntBE(authority, 2, 6);
  for (const [index, number] of numbers.entries()) sid.writeUInt32LE(number, 8 + 4 * index);
  return sid;
}

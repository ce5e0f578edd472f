/** An IP address as numbers of 16 bits: two of IPv4, eight of IPv6. */
export type Address = readonly number[];

/** All addresses that begin with the same bits. */
export interface AddressRange {
  readonly address: Address;
  readonly bits: number;
}

/** Reads an address. An address of IPv4 that is written in IPv6 (`::ffff:192.0.2.1`) is the one of IPv4. */
export function readAddress(text: string): Address | undefined {
  if (!text.includes(":")) return readVersion4(text);
  const address = readVersion6(text);
  if (address === undefined || !address.slice(0, 5).every((word) => word === 0) || address[5] !== 0xffff) return address;
  return address.slice(6);
}

/** Reads `192.0.2.0/24`, `2001:db8::/32` or one address. Bits behind the prefix do not count. */
export function readRange(text: string): AddressRange | undefined {
  const [written = "", length, ...others] = text.split("/");
  const address = readAddress(written);
  if (address === undefined || others.length > 0) return undefined;
  const most = address.length * 16;
  if (length === undefined) return { address, bits: most };
  // the prefix of an IPv4 address in IPv6 counts from the beginning of the IPv6 address
  const bits = Number(length) - (written.includes(":") ? 128 - most : 0);
  return /^\d{1,3}$/.test(length) && bits >= 0 && bits <= most ? { address, bits } : undefined;
}

export function isInRange(address: Address, range: AddressRange): boolean {
  if (address.length !== range.address.length) return false;
  return range.address.every((word, nth) => {
    const bits = Math.min(16, Math.max(0, range.bits - nth * 16));
    return (word ^ (address[nth] ?? 0)) >> (16 - bits) === 0;
  });
}

function readVersion4(text: string): Address | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return undefined;
  const [a, b, c, d] = parts.map(Number) as [number, number, number, number];
  return [a * 256 + b, c * 256 + d];
}

function readVersion6(text: string): Address | undefined {
  if (text.length > 45) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = [wordsOf(halves[0] ?? "", halves.length === 1), wordsOf(halves[1] ?? "", true)];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

/** The words of one side of `::`; only the end of an address may be written as one of IPv4. */
function wordsOf(text: string, isEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const words: number[] = [];
  const parts = text.split(":");
  for (const [nth, part] of parts.entries()) {
    const inner = isEnd && nth === parts.length - 1 ? readVersion4(part) : undefined;
    if (inner !== undefined) words.push(...inner);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) words.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return words;
}

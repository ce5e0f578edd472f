import { createHash } from "node:crypto";

/** What an executable is for, by its headers: its format, its processor, and what kind of program it is. */
export function formatOf(program: Buffer): string {
  if (program.toString("latin1", 0, 2) === "MZ") return formatOfPe(program, program.readUInt32LE(0x3c));
  if (program.toString("latin1", 1, 4) === "ELF") return formatOfElf(program);
  return program.readUInt32LE(0) === 0xfeedfacf ? formatOfMachO(program) : "unknown";
}

function formatOfPe(program: Buffer, at: number): string {
  const isPe = program.toString("latin1", at, at + 4) === "PE\0\0" && program.readUInt16LE(at + 24) === 0x20b;
  const processor = named(program.readUInt16LE(at + 4), { 0x8664: "x64" });
  const characteristics = program.readUInt16LE(at + 22);
  const kind = (characteristics & 0x2002) === 0x0002 ? "program" : "no program";
  return `${isPe ? "PE32+" : "no PE"} ${processor} ${named(program.readUInt16LE(at + 24 + 68), { 2: "window", 3: "console" })} ${kind}`;
}

function formatOfElf(program: Buffer): string {
  const is64 = program.readUInt16LE(4) === 0x0102; // 64 bits, and the lowest byte of a number first
  const processor = named(program.readUInt16LE(18), { 0x3e: "x64", 0xb7: "arm64" });
  return `${is64 ? "ELF64" : "ELF"} ${processor} ${named(program.readUInt16LE(16), { 2: "program", 3: "program" })}`;
}

function formatOfMachO(program: Buffer): string {
  const processor = named(program.readUInt32LE(4), { 0x0100_0007: "x64", 0x0100_000c: "arm64" });
  return `Mach-O ${processor} ${named(program.readUInt32LE(12), { 2: "program" })}, ${describeSignature(program)}`;
}

/** Whether the signature of a program for macOS covers all before it, and each page is as it was signed. */
function describeSignature(program: Buffer): string {
  const [at = 0, size = 0] = signaturePlace(program);
  const directory = program.subarray(at + program.readUInt32BE(at + 16));
  const [flags, hashesAt, pages, limit] = [12, 16, 28, 32].map((offset) => directory.readUInt32BE(offset)) as [
    number,
    number,
    number,
    number,
  ];
  if (directory.readUInt32BE(0) !== 0xfade0c02 || limit !== at || at + size !== program.length) return "not signed as a whole";
  const invalid = Array.from({ length: pages }, (_, index) => index).filter((index) => {
    const page = program.subarray(index * 4096, Math.min((index + 1) * 4096, limit));
    const hash = directory.subarray(hashesAt + index * 32, hashesAt + (index + 1) * 32);
    return !createHash("sha256").update(page).digest().equals(hash);
  });
  if (invalid.length > 0 || pages !== Math.ceil(limit / 4096)) return `${invalid.length} pages are not as they were signed`;
  return flags === 0x2_0002 ? "signed ad hoc" : `signed with the flags ${flags}`;
}

function signaturePlace(program: Buffer): readonly number[] {
  for (let at = 32, left = program.readUInt32LE(16); left > 0; left--, at += program.readUInt32LE(at + 4))
    if (program.readUInt32LE(at) === 0x1d) return [program.readUInt32LE(at + 8), program.readUInt32LE(at + 12)];
  throw new Error("the program has no signature");
}

function named(value: number, names: Readonly<Record<number, string>>): string {
  return names[value] ?? `0x${value.toString(16)}`;
}

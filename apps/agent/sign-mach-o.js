// Signs a program for macOS ad hoc, which needs no key, as the linker of macOS does. bun does so for arm64 alone: the program for x64 has
// the signature of bun's own, in which the pages that differ are not valid, and macOS may end it for that.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

// load commands of Mach-O
const [SEGMENT, CODE_SIGNATURE] = [0x19, 0x1d];
// blobs of a signature
const [CODE_DIRECTORY, SUPER_BLOB] = [0xfade0c02, 0xfade0cc0];
const [VERSION, AD_HOC, LINKER_SIGNED, SHA256, MAIN_BINARY] = [0x20400, 0x2, 0x20000, 2, 1];
const [PAGE_BITS, HASH_SIZE, DIRECTORY_SIZE, SUPER_BLOB_SIZE] = [12, 32, 88, 20];

/** Puts an ad-hoc signature in the place of the one that a program has at its end. */
export function signMachO(path, identifier) {
  const before = readFileSync(path);
  const { text, linkEdit, signature } = loadCommandsOf(before);
  const codeSize = before.readUInt32LE(signature + 8);
  const size = signatureSize(codeSize, identifier);
  const code = before.subarray(0, codeSize);
  code.writeUInt32LE(size, signature + 12);
  const linked = BigInt(codeSize + size) - before.readBigUInt64LE(linkEdit + 40);
  code.writeBigUInt64LE(linked, linkEdit + 48);
  code.writeBigUInt64LE(roundUp(linked), linkEdit + 32);
  writeFileSync(path, Buffer.concat([code, signatureOf(code, identifier, code.subarray(text + 40, text + 56))]));
}

/** Where in a program the commands are that load its code and its last part, and that say where its signature is. */
function loadCommandsOf(program) {
  const found = {};
  let at = 32;
  for (let left = program.readUInt32LE(16); left > 0; left--) {
    const command = program.readUInt32LE(at);
    const name = program.toString("latin1", at + 8, at + 24).replace(/\0.*$/s, "");
    if (command === CODE_SIGNATURE) found.signature = at;
    else if (command === SEGMENT && name === "__TEXT") found.text = at;
    else if (command === SEGMENT && name === "__LINKEDIT") found.linkEdit = at;
    at += program.readUInt32LE(at + 4);
  }
  if (Object.keys(found).length < 3) throw new Error("the program for macOS has no place for a signature");
  return found;
}

function signatureOf(code, identifier, textPlace) {
  const size = signatureSize(code.length, identifier);
  const hashesAt = DIRECTORY_SIZE + identifier.length + 1;
  const blob = Buffer.alloc(size);
  words(blob, 0, [SUPER_BLOB, size, 1, 0, SUPER_BLOB_SIZE]);
  const directory = blob.subarray(SUPER_BLOB_SIZE);
  const pages = pagesOf(code);
  words(directory, 0, [
    CODE_DIRECTORY,
    directory.length,
    VERSION,
    AD_HOC | LINKER_SIGNED,
    hashesAt,
    DIRECTORY_SIZE,
    0,
    pages.length,
    code.length,
  ]);
  directory.set([HASH_SIZE, SHA256, 0, PAGE_BITS], 36);
  directory.writeBigUInt64BE(textPlace.readBigUInt64LE(0), 64);
  directory.writeBigUInt64BE(textPlace.readBigUInt64LE(8), 72);
  directory.writeBigUInt64BE(BigInt(MAIN_BINARY), 80);
  directory.write(identifier, DIRECTORY_SIZE, "latin1");
  for (const [index, page] of pages.entries()) directory.set(createHash("sha256").update(page).digest(), hashesAt + index * HASH_SIZE);
  return blob;
}

function signatureSize(codeSize, identifier) {
  return SUPER_BLOB_SIZE + DIRECTORY_SIZE + identifier.length + 1 + Math.ceil(codeSize / 2 ** PAGE_BITS) * HASH_SIZE;
}

function pagesOf(code) {
  const size = 2 ** PAGE_BITS;
  return Array.from({ length: Math.ceil(code.length / size) }, (_, index) => code.subarray(index * size, (index + 1) * size));
}

function words(target, at, values) {
  for (const [index, value] of values.entries()) target.writeUInt32BE(value, at + index * 4);
}

function roundUp(size) {
  const page = BigInt(2 ** PAGE_BITS);
  return ((size + page - 1n) / page) * page;
}

import { constants, type Stats } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { isAbsolute } from "node:path";

/** A text, or why there is none. */
export type TextRead = { readonly text: string } | { readonly fault: TextFault };

export type TextFault =
  | { readonly kind: "not-found" }
  | { readonly kind: "not-readable"; readonly cause: string }
  /** `bytes` is how many there are, or how many there are at least. */
  | { readonly kind: "too-large"; readonly bytes: number; readonly limit: number }
  | { readonly kind: "not-text"; readonly found: string };

export interface TextLimits {
  /** In bytes. */
  readonly largest: number;
  /** Whether a pipe or a device is read to its end, which may never come; they are refused if this is left out. */
  readonly pipes?: boolean;
}

/** Reads a file that somebody names: UTF-8, without its byte order mark. A link is followed. */
export async function readTextFile(path: string, { largest, pipes = false }: TextLimits): Promise<TextRead> {
  let file: FileHandle | undefined;
  try {
    // without the flag, opening a named pipe would wait for a writer; systems without named pipes lack it
    file = await open(path, constants.O_RDONLY | (pipes ? 0 : (constants.O_NONBLOCK ?? 0)));
    const facts = await file.stat();
    if (facts.isDirectory() || !(facts.isFile() || pipes)) return { fault: { kind: "not-readable", cause: whatItIs(facts) } };
    if (facts.size > largest) return { fault: { kind: "too-large", bytes: facts.size, limit: largest } };
    return await readTextStream(file.createReadStream({ autoClose: false }), largest);
  } catch (thrown) {
    const fault = faultOf(thrown as NodeJS.ErrnoException);
    const isLost = fault.kind === "not-found" && !isAbsolute(path) && (await isRemoved("."));
    return { fault: isLost ? { kind: "not-readable", cause: "the current folder has been removed" } : fault };
  } finally {
    await file?.close();
  }
}

/** Reads a stream to its end, or to the largest number of bytes. */
export async function readTextStream(stream: AsyncIterable<Uint8Array>, largest: number): Promise<TextRead> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > largest) return { fault: { kind: "too-large", bytes, limit: largest } };
    }
  } catch (thrown) {
    return { fault: faultOf(thrown as NodeJS.ErrnoException) };
  }
  const whole = Buffer.concat(chunks);
  const text = isUtf16(whole) ? undefined : decode(whole);
  if (text !== undefined) return { text };
  const found = isUtf16(whole) ? "it looks like UTF-16" : `line ${foreignLine(whole)} has bytes of another encoding`;
  return { fault: { kind: "not-text", found } };
}

/** A fault as the cause of one that says what could not be read: "no such file". */
export function describeTextFault(fault: TextFault): string {
  switch (fault.kind) {
    case "not-found":
      return "no such file";
    case "not-readable":
      return fault.cause;
    case "too-large":
      return `it has more than ${fault.limit} bytes`;
    case "not-text":
      return `it is not UTF-8 text: ${fault.found}`;
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ELOOP: "its symbolic links lead in a circle",
};

/** Why a file or a folder cannot be read. */
export function describeFailedRead({ code = "", message }: NodeJS.ErrnoException): string {
  return CAUSES[code] ?? message;
}

function faultOf(thrown: NodeJS.ErrnoException): TextFault {
  if (thrown.code === "ENOENT" || thrown.code === "ENOTDIR") return { kind: "not-found" };
  return { kind: "not-readable", cause: describeFailedRead(thrown) };
}

/** Whether the folder has been removed while somebody is in it: then it has no name left. */
async function isRemoved(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => undefined))?.nlink === 0;
}

function whatItIs(facts: Stats): string {
  return facts.isDirectory() ? "it is a folder" : "it is not a file";
}

/** The text without its byte order mark; undefined if it is not UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// enough to decide; the rest may be in any script
const FIRST_BYTES = 64;

/** Has a byte order mark, or every second byte is zero, as in the ASCII keys that documents begin with. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const beginning = [...bytes.subarray(0, FIRST_BYTES)];
  return beginning.length > 1 && [0, 1].some((zero) => beginning.every((byte, index) => (byte === 0) === (index % 2 === zero)));
}

/** The number of the first line that is not UTF-8; a text is UTF-8 if each line is. */
function foreignLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line++) {
    const end = bytes.indexOf("\n", start);
    if (end === -1 || decode(bytes.subarray(start, end)) === undefined) return line;
    start = end + 1;
  }
}

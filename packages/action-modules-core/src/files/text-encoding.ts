import type { PropertySchema } from "@imagewright/action-contract";
import { listOf } from "@imagewright/diagnostics";
import { actionError } from "../errors.js";

/** A text encoding. */
export interface TextEncoding {
  /** The name of the encoding in messages. */
  readonly title: string;
  readonly bits: 8 | 16 | 32;
  readonly bigEndian: boolean;
  /** Whether the byte order was not given, so that a byte-order mark in the file may set it. */
  readonly orderAssumed: boolean;
}

const NAMES = ["utf", "utf-"].flatMap((start) => ["8", "16", "16-LE", "16-BE", "32", "32-LE", "32-BE"].map((end) => start + end));
const PATTERN = "^[uU][tT][fF]-?(8|(16|32)(-[lLbB][eE])?)$";
const ALLOWED = `${listOf(NAMES)}, in upper or lower case`;
// as registered for the internet, and as PowerShell has them
const OTHER_NAMES = {
  ...{ ascii: "utf-8", usascii: "utf-8", utf8nobom: "utf-8" },
  ...{ unicode: "utf-16-LE", utf16le: "utf-16-LE", bigendianunicode: "utf-16-BE", utf16be: "utf-16-BE" },
  ...{ utf32le: "utf-32-LE", bigendianutf32: "utf-32-BE", utf32be: "utf-32-BE" },
} as const;

/** The schema of an `encoding` input. */
export const encodingProperty = {
  type: "string",
  pattern: PATTERN,
  patternDescription: ALLOWED,
  otherNames: OTHER_NAMES,
  default: "utf8",
  description: "The encoding of the text; utf-16 and utf-32 are little-endian unless the name ends with BE.",
} as const satisfies PropertySchema;

/** The encoding given in a document; utf8 by default. Throws for a name that is not allowed. */
export function parseEncoding(name: string = encodingProperty.default): TextEncoding {
  const [, eight, wide, order] = /^utf-?(?:(8)|(16|32)(?:-(le|be))?)$/i.exec(name) ?? [];
  if (eight !== undefined) return { title: "utf-8", bits: 8, bigEndian: false, orderAssumed: false };
  if (wide === undefined) throw actionError("unknown-encoding", { encoding: name, allowed: ALLOWED });
  const bigEndian = order?.toLowerCase() === "be";
  const title = `utf-${wide}${order === undefined ? "" : `-${order.toUpperCase()}`}`;
  return { title, bits: wide === "16" ? 16 : 32, bigEndian, orderAssumed: order === undefined };
}

/** Text as bytes, without a byte-order mark. An unpaired surrogate becomes U+FFFD, since no encoding can represent it. */
export function encodeText(text: string, { bits, bigEndian }: TextEncoding): Buffer {
  const utf8 = Buffer.from(text, "utf8");
  if (bits === 8) return utf8;
  const wellFormed = utf8.toString("utf8");
  const bytes = bits === 16 ? Buffer.from(wellFormed, "utf16le") : littleEndian32(wellFormed);
  if (!bigEndian) return bytes;
  return bits === 16 ? bytes.swap16() : bytes.swap32();
}

function littleEndian32(text: string): Buffer {
  const characters = Array.from(text);
  const bytes = Buffer.alloc(characters.length * 4);
  characters.forEach((character, index) => bytes.writeUInt32LE(character.codePointAt(0) ?? 0, index * 4));
  return bytes;
}

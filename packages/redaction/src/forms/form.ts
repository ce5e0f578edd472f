import { base32Units } from "./base32.js";
import { base64Units } from "./base64.js";
import { characterUnit } from "./character.js";
import { hexadecimalUnits } from "./hexadecimal.js";
import { memoized, unitOf, type Unit } from "./unit.js";

/** One encoding of a whole text. */
export interface Form {
  /**
   * `t` characters as themselves or escaped, `h` hexadecimal, `w` and `W` UTF-16 with the low or the high byte first, and base64 after 0, 1
   * or 2 bytes of a group: `b` of UTF-8, `p` of UTF-16; `c` and `q` the same with CRLF; `s` base32 of UTF-8 after 0 to 4 bytes. The codes
   * are part of sealed values; a longer one could itself contain a secret.
   */
  readonly code: string;
  readonly units: readonly Unit[];
}

/** Every form of a text whose line breaks are line feeds. */
export function formsOf(text: string): Form[] {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, "utf16le");
  const forms = [
    { code: "t", units: Array.from(text, characterUnit) },
    { code: "h", units: hexadecimalUnits(utf8) },
    { code: "w", units: Array.from(text, lowFirst) },
    { code: "W", units: Array.from(text, highFirst) },
    ...base64Forms("b", utf8),
    ...base64Forms("p", utf16),
    ...([0, 1, 2, 3, 4] as const).map((before) => ({ code: `s${before}`, units: base32Units(utf8, before) })),
  ];
  if (!text.includes("\n")) return forms;
  const crlf = text.replaceAll("\n", "\r\n");
  return [...forms, ...base64Forms("c", Buffer.from(crlf)), ...base64Forms("q", Buffer.from(crlf, "utf16le"))];
}

function base64Forms(code: string, bytes: Buffer): Form[] {
  return ([0, 1, 2] as const).map((before) => ({ code: `${code}${before}`, units: base64Units(bytes, before) }));
}

const lowFirst = memoized((character: string) => unitOf(utf16(character)));
const highFirst = memoized((character: string) => unitOf(utf16(character).map((bytes) => bytes.swap16())));

function utf16(character: string): Buffer[] {
  return (character === "\n" ? ["\n", "\r\n"] : [character]).map((text) => Buffer.from(text, "utf16le"));
}

// Encoders written independently of the package's own, so that the two are checked against each other.

export type Encode = (text: string) => string;

const hex2 = (byte: number) => byte.toString(16).padStart(2, "0");
const percent = (text: string) => [...Buffer.from(text)].map((byte) => `%${hex2(byte)}`).join("");
const utf16Escape = (text: string) => text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
const upperEscapes = (text: string) => text.replace(/\\u[0-9a-f]{4}/g, (escape) => `\\u${escape.slice(2).toUpperCase()}`);
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const asciiJson = (text: string) => inJson(text).replace(/[\u0080-\uffff]/g, utf16Escape);
const inLines = (text: string, columns: number, lineEnd = "\n") => text.replace(new RegExp(`.{${columns}}(?=.)`, "g"), `$&${lineEnd}`);
const base64 = (text: string) => Buffer.from(text).toString("base64");
const base32 = (text: string) => {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const digits = (bits.match(/.{1,5}/g) ?? []).map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five.padEnd(5, "0"), 2)]);
  return digits.join("").padEnd(Math.ceil(digits.length / 8) * 8, "=");
};
const around = (before: number) => (text: string) => `${"abcd".slice(0, before)}${text}cd`;

/** Encodes a text in each encoding; `around` adds other bytes next to it before it is encoded. */
export const ENCODINGS: Readonly<Record<string, Encode>> = {
  "as it is": (text) => text,
  JSON: inJson,
  "JSON within JSON": (text) => inJson(inJson(text)),
  "JSON, slashes escaped": (text) => inJson(text).replaceAll("/", "\\/"),
  "JSON, all but ASCII escaped": asciiJson,
  "JSON, the same in upper case": (text) => upperEscapes(asciiJson(text)),
  "JSON, safe in HTML": (text) => inJson(text).replace(/[<>&'+`]/g, utf16Escape),
  "JSON, every character escaped": utf16Escape,
  "shell, single quotes": (text) => text.replaceAll("'", "'\\''"),
  "shell, single quotes by Python": (text) => text.replaceAll("'", `'"'"'`),
  "shell, double quotes": (text) => text.replace(/["$`\\]/g, "\\$&"),
  "shell, backslashes": (text) => text.replace(/[^\w\n\u0080-\uffff]/g, "\\$&"),
  "shell, $'' in octal": (text) =>
    [...text].map((character) => (character < " " || character > "~" ? octal(character) : character.replace(/['\\]/, "\\$&"))).join(""),
  "shell, $'' in hexadecimal": (text) => [...Buffer.from(text)].map((byte) => `\\x${hex2(byte)}`).join(""),
  "shell, $'' with letters": (text) => text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n").replaceAll("\t", "\\t"),
  URL: (text) => encodeURIComponent(text),
  "URL, strict": (text) => encodeURIComponent(text).replace(/[!'()*]/g, percent),
  "URL, lower case": (text) => encodeURIComponent(text).replace(/%../g, (escape) => escape.toLowerCase()),
  "URL, form": (text) => new URLSearchParams({ "": text }).toString().slice(1).replaceAll("%0D%0A", "%0A"),
  "URL, every byte": percent,
  XML: (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
  base64: base64,
  "base64, second place": (text) => base64(around(1)(text)),
  "base64, third place": (text) => base64(around(2)(text)),
  "base64, without padding": (text) => base64(text).replace(/=+$/, ""),
  "base64, safe in URLs": (text) => Buffer.from(around(1)(text)).toString("base64url"),
  "base64, in a URL": (text) => encodeURIComponent(base64(text)),
  "base64, lines of 64": (text) => inLines(base64(around(2)(text)), 64),
  "base64, lines of 76": (text) => inLines(base64(around(1)(text)), 76, "\r\n"),
  "base64, short lines": (text) => inLines(base64(text), 3),
  "base64, lines in JSON": (text) => inJson(inLines(base64(text), 4)),
  base32: base32,
  "base32, second place": (text) => base32(around(1)(text)),
  "base32, third place": (text) => base32(around(2)(text)),
  "base32, fourth place": (text) => base32(around(3)(text)),
  "base32, fifth place": (text) => base32(around(4)(text)),
  "base32, without padding": (text) => base32(text).replace(/=+$/, ""),
  "base32, lines of 76": (text) => inLines(base32(around(3)(text)), 76),
  hexadecimal: (text) => Buffer.from(text).toString("hex"),
  "hexadecimal, capitals": (text) => Buffer.from(text).toString("hex").toUpperCase(),
  "hexadecimal, lines of 60": (text) => inLines(Buffer.from(text).toString("hex"), 60),
  "hexadecimal, with blanks": (text) => [...Buffer.from(text)].map(hex2).join(" "),
  "hexadecimal, lines of od": (text) => hexLines(text, " ", "\n "),
  "hexadecimal, lines of 8 bytes that end with blanks": (text) => hexLines(text, " ", " \r\n", 8),
  "hexadecimal, lines that end with colons": (text) => hexLines(text, ":", ":\n"),
  "hexadecimal, two blanks in the middle": (text) => hexLines(text, " ", "  ", 8),
  "UTF-16": (text) => Buffer.from(text, "utf16le").toString("latin1"),
  "UTF-16, high byte first": (text) => Buffer.from(text, "utf16le").swap16().toString("latin1"),
  "base64 of UTF-16": (text) => Buffer.from(text, "utf16le").toString("base64"),
  "line ends CRLF": (text) => text.replaceAll("\n", "\r\n"),
  "base64, line ends CRLF": (text) => base64(text.replaceAll("\n", "\r\n")),
};

function hexLines(text: string, between: string, lineEnd: string, bytes = 16): string {
  const digits = [...Buffer.from(text)].map(hex2);
  const lines = Array.from({ length: Math.ceil(digits.length / bytes) }, (_, line) => digits.slice(line * bytes, (line + 1) * bytes));
  return lines.map((line) => line.join(between)).join(lineEnd);
}

function octal(character: string): string {
  return [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}

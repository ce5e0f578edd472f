import { escapeControls } from "@imagewright/diagnostics";

/** A path as text, or as bytes from a folder listing, which need not be UTF-8. */
export type FilePath = string | Buffer;

// a longer path is shortened in the middle
const LONGEST_SHOWN = 200;
const SHOWN_START = 60;

/** A path for a message: quoted, on one line, without control characters; bytes that are not UTF-8 as \xNN. */
export function quotePath(path: FilePath): string {
  const text = typeof path === "string" ? path : path.toString("utf8");
  if (typeof path !== "string" && !Buffer.from(text).equals(path)) return quoteBytes(path);
  return escapeControls(JSON.stringify(shorten(text)));
}

function quoteBytes(path: Buffer): string {
  const shown = [...path].map((byte) =>
    byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`,
  );
  return `"${shorten(shown.join(""))}"`;
}

function shorten(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text;
  const start = text.slice(0, SHOWN_START).replace(/[\ud800-\udbff]$/, "");
  return `${start}…${text.slice(text.length - LONGEST_SHOWN + SHOWN_START).replace(/^[\udc00-\udfff]/, "")}`;
}

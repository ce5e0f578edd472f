const ESCAPES: Readonly<Record<string, string>> = {
  ...{ "0": "\0", a: "\x07", b: "\b", t: "\t", n: "\n", v: "\v", f: "\f", r: "\r", e: "\x1b" },
  ...{ " ": " ", '"': '"', "/": "/", "\\": "\\", N: "\x85", _: "\xa0", L: "\u2028", P: "\u2029" },
};
// each matches what produces other text than is written: an escape, a break with the blanks around it, a doubled quote; and blanks,
// so that a run of them is looked through once
const DOUBLE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|\r?\n[ \t]*|([^\r\n]))|[ \t]*(?:\r?\n[ \t]*)+|[ \t]+/y;
const SINGLE = /''|[ \t]*(?:\r?\n[ \t]*)+|[ \t]+/y;
const PLAIN = /[ \t]*(?:\r?\n[ \t]*)+|[ \t]+/y;

/**
 * The offset of each character of a quoted scalar, or of a plain one over several lines, in its source text. Undefined if the
 * two do not fit.
 */
export function offsetsOfFlow(written: string, text: string): number[] | undefined {
  const quote = /^["']/.exec(written)?.[0] ?? "";
  const special = quote === '"' ? DOUBLE : quote === "'" ? SINGLE : PLAIN;
  const offsets: number[] = [];
  for (let at = quote.length; at < written.length - quote.length;) {
    special.lastIndex = at;
    const found = special.exec(written);
    const [matched = written.charAt(at)] = found ?? [];
    const meant = found === null ? matched : meaningOf(found);
    if (meant === undefined || !text.startsWith(meant, offsets.length)) return undefined;
    for (let index = 0; index < meant.length; index++) offsets.push(meant === matched ? at + index : at);
    at += matched.length;
  }
  return offsets.length === text.length ? offsets : undefined;
}

function meaningOf([matched, two, four, eight, other]: RegExpExecArray): string | undefined {
  const code = two ?? four ?? eight;
  if (code !== undefined) return Number.parseInt(code, 16) > 0x10ffff ? undefined : String.fromCodePoint(Number.parseInt(code, 16));
  if (other !== undefined) return ESCAPES[other];
  if (matched === "''") return "'";
  if (matched.startsWith("\\")) return ""; // a continued line
  if (!matched.includes("\n")) return matched; // blanks
  const breaks = matched.split("\n").length - 1;
  return breaks === 1 ? " " : "\n".repeat(breaks - 1);
}

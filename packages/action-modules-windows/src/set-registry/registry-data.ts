import type { ValueType } from "./value-types.js";

type Value = string | readonly string[];

/** The arguments of `reg.exe add` for a value that has no faults. */
export function dataArguments(value: Value, type: ValueType): string[] {
  const named = ["/t", `REG_${type}`];
  switch (type) {
    case "MULTI_SZ": {
      const texts = typeof value === "string" ? [value] : value;
      const separator = separatorFor(texts);
      return [...named, "/s", separator, "/d", texts.join(separator)];
    }
    case "BINARY":
      return [...named, "/d", hexadecimal(value)];
    case "DWORD":
    case "QWORD":
      return [...named, "/d", wholeNumber(String(value))];
    case "SZ":
    case "EXPAND_SZ":
      return [...named, "/d", String(value)];
  }
}

function hexadecimal(value: Value): string {
  if (typeof value === "string") return value.replace(/[\s,]/g, "");
  return Buffer.from(value.map(Number)).toString("hex");
}

/** A fraction is ignored, as in the guide's example. */
function wholeNumber(value: string): string {
  return BigInt(value.replace(/\.\d+$/, "")).toString();
}

/** A character that none of the texts has: reg.exe divides them by one. */
function separatorFor(texts: readonly string[]): string {
  const all = texts.join("");
  const visible = [..."|;,~^"].find((character) => !all.includes(character));
  if (visible !== undefined) return visible;
  // characters without a meaning of their own; there are more of them than characters in a command line
  for (let code = 0xe000; ; code++) if (!all.includes(String.fromCharCode(code))) return String.fromCharCode(code);
}

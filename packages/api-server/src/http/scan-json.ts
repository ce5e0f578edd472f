import { quote } from "@imagewright/diagnostics";

const DEEPEST = 64;

/**
 * Looks for what `JSON.parse` accepts and a request must not have: a key that an object has twice, `__proto__`, and more levels than
 * requests have. Returns the first fault. The text has to be valid JSON.
 */
export function findJsonFault(text: string): string | undefined {
  // for each open object its keys so far, for each open list nothing
  const open: (Set<string> | undefined)[] = [];
  let isKey = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "{" || character === "[") {
      if (open.length === DEEPEST) return `the body has more than ${DEEPEST} levels`;
      open.push(character === "{" ? new Set() : undefined);
      isKey = character === "{";
    } else if (character === "}" || character === "]") {
      open.pop();
      isKey = false;
    } else if (character === ",") {
      isKey = open.at(-1) !== undefined;
    } else if (character === '"') {
      const end = endOfText(text, at);
      const fault = isKey ? addKey(open.at(-1), keyOf(text.slice(at + 1, end - 1))) : undefined;
      if (fault !== undefined) return fault;
      isKey = false;
      at = end - 1;
    }
  }
  return undefined;
}

/** The key that is written so between its quotation marks. */
function keyOf(written: string): string {
  return written.includes("\\") ? (JSON.parse(`"${written}"`) as string) : written;
}

/** The position after the quotation mark that closes a text. */
function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}

function addKey(keys: Set<string> | undefined, key: string): string | undefined {
  if (key === "__proto__") return `the key ${quote(key)} is not allowed`;
  if (keys?.has(key) === true) return `the key ${quote(key)} is used twice in one object`;
  keys?.add(key);
  return undefined;
}

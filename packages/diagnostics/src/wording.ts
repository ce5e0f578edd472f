import { closestMatch } from "leven";
import { escapeControls } from "./screen/escape.js";

/** The length to which `quote` truncates longer texts. */
export const LONGEST_QUOTE = 60;
// most texts are names without characters that need an escape
const PLAIN = /^[ !#-[\]-~]*$/;

/** An external text for a message: quoted, on one line, without control characters, not too long. */
export function quote(text: string): string {
  if (text.length <= LONGEST_QUOTE && PLAIN.test(text)) return `"${text}"`;
  // an unpaired surrogate has no UTF-8
  const short = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE).replace(/[\ud800-\udbff]$/, "")}…` : text;
  return escapeControls(JSON.stringify(short));
}

/** As `quote`, but never truncated, for texts that differ at their ends: object keys, ARNs, paths in a plan. */
export function quoteInFull(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : escapeControls(JSON.stringify(text));
}

/** Different names in quotes, sorted, joined with commas and a last "or": `"a", "b" or "c"`. */
export function listOf(names: Iterable<string>, lastWord = "or"): string {
  const quoted = inOrder([...new Set(names)]).map(quote);
  if (quoted.length < 2) return quoted.join("");
  return `${quoted.slice(0, -1).join(", ")} ${lastWord} ${quoted.at(-1)}`;
}

/** The order of a dictionary. Plain names go without the collation of Intl, which takes milliseconds in each process that uses it. */
function inOrder(names: readonly string[]): string[] {
  const plain = names.every((name) => /^[a-z0-9_-]*$/i.test(name));
  return [...names].sort(plain ? comparePlain : (a, b) => a.localeCompare(b, "en"));
}

/** As `localeCompare` for English: `_` before `-` before digits before letters, whose case counts last, the small one first. */
function comparePlain(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.toLowerCase().replaceAll("_", " ")) as [string, string];
  if (left !== right) return left < right ? -1 : 1;
  return a === b ? 0 : a > b ? -1 : 1;
}

/** The allowed name closest to a misspelled one, if one is close enough. */
export function nearest(found: string, allowed: Iterable<string>): string | undefined {
  if (found.length < 2 || found.length > LONGEST_QUOTE) return undefined;
  const names = [...allowed];
  const lower = names.map((name) => name.toLowerCase());
  const inAnyCase = (meant: string | undefined) => (meant === undefined ? undefined : names[lower.indexOf(meant)]);
  return (
    inAnyCase(lower.find((name) => name === found.toLowerCase())) ?? similar(found, names) ?? inAnyCase(similar(found.toLowerCase(), lower))
  );
}

function similar(found: string, names: readonly string[]): string | undefined {
  const maxDistance = found.length < 3 ? 1 : Math.max(2, Math.floor(found.length / 3));
  return closestMatch(found, names, { maxDistance }) ?? namePartlySaid(found, names);
}

/** The only name that begins with what was found, or the longest that follows a prefix in it: `REG_DWORD` means `DWORD`. */
function namePartlySaid(found: string, names: readonly string[]): string | undefined {
  const longer = found.length < 4 ? [] : names.filter((name) => name.startsWith(found));
  if (longer.length === 1) return longer[0];
  return names
    .filter((name) => name !== "" && /[_-]$/.test(found.slice(0, -name.length)) && found.endsWith(name))
    .sort((a, b) => b.length - a.length)[0];
}

/** `unknown action "CopyFle"; allowed: "CopyFile" or "ReadFile"; did you mean "CopyFile"?` */
export function unknownName(what: string, found: string, allowed: Iterable<string>): string {
  const names = [...allowed];
  const meant = nearest(found, names);
  const list = names.length === 0 ? "none is allowed here" : `allowed: ${listOf(names)}`;
  return `unknown ${what} ${quote(found)}; ${list}${meant === undefined ? "" : `; did you mean ${quote(meant)}?`}`;
}

/** `1 step`, `2 steps`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

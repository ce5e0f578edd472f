import { count, escapeControls, quoteInFull } from "@imagewright/diagnostics";

const LONGEST = 1000;
// what no other part of a plan's line looks like
const PLAIN_NAME = /^[\p{L}\p{N}\p{M}!#$%&'*+,./:;=?@[\]^_`{}~-]+$/u;

/** A path or name in a plan: as it is if it is one word, otherwise in quotes, and never truncated. */
export function nameText(name: string): string {
  return PLAIN_NAME.test(name) && escapeControls(name) === name ? name : quoteInFull(name);
}

/** A long text without its end, and how much that was. */
export function shortenText(text: string): string {
  if (text.length <= LONGEST) return text;
  const start = text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, "");
  return `${start} … ${count(text.length - start.length, "character")} more`;
}

/** The first items, and the number of the others. */
export function shortenLines<Item>(items: readonly Item[], what: string, most: number): (Item | string)[] {
  if (items.length <= most) return [...items];
  return [...items.slice(0, most), `… ${count(items.length - most, `${what} more`, `${what}s more`)}; --json has all`];
}

// U+0000, which Postgres does not store, and halves of surrogate pairs, which are no text

const UNSTORABLE = /[\0\p{Surrogate}]/u;
const EACH_UNSTORABLE = new RegExp(UNSTORABLE, "gu");

/** The place of the first text or key in a value that a database cannot store: `tags.team`, `components[0].name`. */
export function unstorableText(value: unknown, place = ""): string | undefined {
  if (typeof value === "string") return UNSTORABLE.test(value) ? place : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    if (UNSTORABLE.test(key)) return place;
    // nearly all are such: the place of each would be a text that nobody reads
    if (typeof item === "string" && !UNSTORABLE.test(item)) continue;
    const inner = Array.isArray(value) ? `${place}[${key}]` : place === "" ? key : `${place}.${key}`;
    const found = unstorableText(item, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The text with U+FFFD instead of what a database cannot store. */
export function storableText(text: string): string {
  return text.replace(EACH_UNSTORABLE, "\ufffd");
}

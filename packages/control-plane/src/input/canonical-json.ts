import { createHash } from "node:crypto";

/** The same text for the same data: keys sorted, undefined members left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const data = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(data).sort();
  // fromEntries makes own properties, also of a key called __proto__
  return Object.fromEntries(keys.map((key) => [key, sorted(data[key])]));
}

/** A digest of data that does not depend on the order of keys. */
export function digestOfData(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("base64url");
}

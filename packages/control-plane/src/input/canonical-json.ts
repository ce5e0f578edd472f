import { hash } from "node:crypto";

/** The same text for the same data: keys sorted, undefined members left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const data = value as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(data).sort()) {
    // an own property also of a key called __proto__
    if (key === "__proto__") Object.defineProperty(result, key, { value: sorted(data[key]), enumerable: true });
    else result[key] = sorted(data[key]);
  }
  return result;
}

/** A digest of data that does not depend on the order of keys. */
export function digestOfData(value: unknown): string {
  return hash("sha256", canonicalJson(value), "base64url");
}

import { createHash } from "node:crypto";

/** The same text for the same data: keys sorted, undefined members left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** A digest of data that does not depend on the order of keys. */
export function digestOfData(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("base64url");
}

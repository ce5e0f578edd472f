import { createHash } from "node:crypto";

/** A UUID that is always the same for the same texts, in the form of version 8. Source: RFC 9562, section 5.8. */
export function derivedId(...texts: readonly string[]): string {
  const hex = createHash("sha256").update(JSON.stringify(texts)).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}

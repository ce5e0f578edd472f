import { randomUUID } from "node:crypto";

/** A name that nothing else has, in the form in which ARNs have it; so tests run twice, side by side and beside other resources. */
export function uniqueName(kind: string): string {
  return `acceptance-${kind}-${randomUUID().slice(0, 13)}`;
}

import { createHash } from "node:crypto";

/** The token of a step: the readable part of its key, and a hash of the execution, the branch and the key. */
export function tokenOf(execution: string, branch: readonly string[], key: string): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([execution, branch, key]))
    .digest("hex");
  return `${key.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 50)}-${hash.slice(0, 32)}`;
}

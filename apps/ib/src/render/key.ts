import type { StoredAccessKey } from "@imagewright/control-plane";
import { joinSafe, safe, shellWord, type SafeText } from "@imagewright/diagnostics";

/** A key that was just made, with its secret, and the lines with which clients use it. */
export function renderNewKey({ id, secretAccessKey, principal }: StoredAccessKey): SafeText {
  const rows: readonly (readonly [string, string])[] = [
    ["key", id],
    ["secret", `${secretAccessKey} (shown this once)`],
    ["of", principal],
  ];
  const lines = [
    ...rows.map(([name, value]) => safe`${name.padEnd(6)} ${value}`),
    safe``,
    safe`export AWS_ACCESS_KEY_ID=${id} AWS_SECRET_ACCESS_KEY=${shellWord(secretAccessKey)}`,
  ];
  return joinSafe(lines, "\n");
}

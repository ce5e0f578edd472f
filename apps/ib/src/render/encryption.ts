import type { EncryptionStatus } from "@imagewright/control-plane";
import { count, joinSafe, safe, type SafeText } from "@imagewright/diagnostics";

/** How a database is encrypted, a line for each key, and what is not encrypted. */
export function renderEncryption({ wrappedBy, dataKeys, plainTexts }: EncryptionStatus): SafeText {
  if (dataKeys.length === 0) return safe`not encrypted: ${count(plainTexts, "text")} in the clear`;
  const lines = [
    safe`wrapped by ${wrappedBy.join(", ")}`,
    ...dataKeys.map(({ id, createdAt, texts }) => safe`data key ${id}, of ${createdAt}: ${count(texts, "text")}`),
    ...(plainTexts === 0
      ? []
      : [safe`in the clear: ${count(plainTexts, "text")}, stored before there was a key; ib encryption rotate encrypts them`]),
  ];
  return joinSafe(lines, "\n");
}

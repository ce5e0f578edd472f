import type { EncryptionStatus, ResourceKeyStatus } from "@imagewright/control-plane";
import { count, joinSafe, safe, type SafeText } from "@imagewright/diagnostics";

/** How a database is encrypted, a line for each key, and what is not encrypted. */
export function renderEncryption({ wrappedBy, dataKeys, resourceKeys, plainTexts }: EncryptionStatus): SafeText {
  const isEncrypted = dataKeys.length > 0;
  const lines = [
    ...(isEncrypted ? [safe`wrapped by ${wrappedBy.join(", ")}`] : []),
    ...dataKeys.map(({ id, createdAt, texts }) => safe`data key ${id}, of ${createdAt}: ${count(texts, "text")}`),
    ...resourceKeys.map(ofResources),
    ...(isEncrypted && plainTexts > 0
      ? [safe`in the clear: ${count(plainTexts, "text")}, stored before there was a key; ib encryption rotate encrypts them`]
      : []),
    ...(isEncrypted ? [] : [safe`not encrypted: ${count(plainTexts, "text")} in the clear`]),
  ];
  return joinSafe(lines, "\n");
}

function ofResources({ id, key, resources, texts, problem }: ResourceKeyStatus): SafeText {
  const line = safe`data key ${id}, under ${key}, for ${resources}: ${count(texts, "text")}`;
  return problem === null ? line : safe`${line}; ${problem}`;
}

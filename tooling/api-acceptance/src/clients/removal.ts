import { removeAll } from "../fuzz/stored.js";
import { removeAfterwards } from "../support/remove-afterwards.js";

/** Has what the answers of a client name removed after the tests of the file; what was deleted before is gone already. */
export function removeAnswered(answers: readonly string[]): void {
  const arns = answers.filter((text) => text.trim() !== "").flatMap((text) => Object.values(JSON.parse(text) as object).filter(isArn));
  removeAfterwards(() => removeAll([...new Set(arns)]));
}

// those further down are patterns, such as the newest versions
function isArn(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("arn:");
}

import { removeAll } from "../fuzz/stored.js";
import { removeAfterwards } from "../support/remove-afterwards.js";

/** Has what the answers of a client name removed after the tests of the file; what was deleted before is gone already. */
export function removeAnswered(answers: readonly string[]): void {
  const arns = answers.flatMap((text) => text.match(/arn:aws[^"\s\\]*/g) ?? []);
  removeAfterwards(() => removeAll([...new Set(arns)]));
}

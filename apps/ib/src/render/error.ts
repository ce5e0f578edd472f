import { joinSafe, safe, safeLines, type ImagewrightError, type SafeText } from "@imagewright/diagnostics";
import { hintAsTyped } from "../sudo/as-typed.js";

/** A failure for people: what has failed, and what can be done, a line each. */
export function renderError({ message, hints }: Pick<ImagewrightError, "message" | "hints">): SafeText {
  return safe`error: ${safeLines(message)}\n${joinSafe(hints.map((hint) => safe`  try: ${hintAsTyped(hint)}\n`))}`;
}

import { joinSafe, safe, safeLines, type ImagewrightError, type SafeText } from "@imagewright/diagnostics";

/** A failure for people: what has failed, and what can be done, a line each. */
export function renderError({ message, hints }: ImagewrightError): SafeText {
  return safe`error: ${safeLines(message)}\n${joinSafe(hints.map((hint) => safe`  try: ${hint}\n`))}`;
}

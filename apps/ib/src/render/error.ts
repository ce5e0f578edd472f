import type { ImagewrightError } from "@imagewright/diagnostics";

/** A failure for people: what has failed, and what can be done, a line each. */
export function renderError({ message, hints }: ImagewrightError): string {
  return `error: ${message}\n${hints.map((hint) => `  try: ${hint}\n`).join("")}`;
}

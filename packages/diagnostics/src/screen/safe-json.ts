import { escapeControls } from "./escape.js";
import { SafeText } from "./safe-text.js";

/**
 * A value as JSON. It is read back as the same value, and contains no control or invisible character: JSON escapes only some of them, so
 * the others are written as `\u202e` here.
 */
export function safeJson(value: unknown, indent?: number): SafeText {
  return new SafeText((JSON.stringify(value, null, indent) ?? "null").split("\n").map(escapeControls).join("\n"));
}

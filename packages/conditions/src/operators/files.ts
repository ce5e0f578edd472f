import type { Test } from "../comparison.js";
import { lookAt, type FoundPlace } from "./locate.js";

/** As `[ -f … ]` and `[ -d … ]` of bash: links are followed, and only a regular file counts as a file. */
export function isThere(kind: FoundPlace["kind"]): Test {
  return async (path, context) => {
    const place = await lookAt(path, context);
    return { value: place.kind === kind, explanation: place.explanation };
  };
}

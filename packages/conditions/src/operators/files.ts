import type { Test } from "../comparison.js";
import { inspectPath, type PathInfo } from "./locate.js";

/** Like `[ -f … ]` and `[ -d … ]` of bash: links are followed, and only a regular file counts as a file. */
export function existsAs(kind: PathInfo["kind"]): Test {
  return async (path, context) => {
    const place = await inspectPath(path, context);
    return { value: place.kind === kind, explanation: place.explanation };
  };
}

import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import type { RefusedPath } from "../errors.js";
import { checkedText, readCheckedText, type ReadText } from "./checked-text.js";
import { readOwnFile } from "./own-files.js";
import { writeAtomically } from "./write-atomically.js";

export interface CheckedForm {
  /** The version of its form. */
  readonly schema: number;
  /** In bytes. */
  readonly largest: number;
}

/** Writes an object with a checksum: a reader finds all of it or the former content. It must have at least one member. */
export function writeCheckedFile(path: string, { schema }: Pick<CheckedForm, "schema">, content: object): void {
  writeAtomically(path, checkedText(schema, content));
}

/**
 * What such a file says; or why it says nothing, as it is damaged, of another version, or one that somebody else could have written.
 * Undefined if there is none.
 */
export function readCheckedFile(path: string, { schema, largest }: CheckedForm): ReadText | undefined {
  let text: Buffer | undefined;
  try {
    text = readOwnFile(path, largest);
  } catch (thrown) {
    return { reason: isImagewrightError(thrown, "node-host/path-refused") ? (thrown.data as RefusedPath).reason : describeCause(thrown) };
  }
  return text && readCheckedText(text, schema);
}

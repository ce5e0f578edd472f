import { RE2JS } from "re2js";

/** A pattern of a command document; undefined if it is none. It matches in time linear in the text, whoever has written it. */
export function compileAllowed(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

/** Whether the whole text is as the pattern says; false for what is no pattern. */
export function isAllowedBy(pattern: string, text: string): boolean {
  return compileAllowed(pattern)?.matches(text) === true;
}

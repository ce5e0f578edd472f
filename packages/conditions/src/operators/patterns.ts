import { describeCause, quote } from "@imagewright/diagnostics";
import { RE2JS, RE2JSSyntaxException } from "re2js";
import type { OperandFault, Test } from "../comparison.js";

const HELP = "RE2 has no look-around and no back-references; its syntax: https://github.com/google/re2/wiki/Syntax";

/**
 * Searches anywhere in the text, in time linear in its length. Case-insensitive: chapter 13 says so of all string comparisons,
 * and its example (`^[a-z]+$` matches `ThisIsValue`) holds only then. `(?-i)` at the start of a pattern makes it case-sensitive.
 */
export function matchedBy(pattern: string): Test | OperandFault {
  const compiled = compile(pattern);
  if (!(compiled instanceof RE2JS)) return compiled;
  return (text) => {
    const value = compiled.test(text);
    return { value, explanation: `${quote(text)} ${value ? "matches" : "does not match"} the pattern ${quote(pattern)}` };
  };
}

function compile(pattern: string): RE2JS | OperandFault {
  try {
    return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  } catch (thrown) {
    return { problem: `must be a pattern in RE2 syntax; found ${quote(pattern)}: ${reasonOf(thrown, pattern)}`, help: HELP };
  }
}

function reasonOf(thrown: unknown, pattern: string): string {
  if (!(thrown instanceof RE2JSSyntaxException)) return describeCause(thrown);
  const { error, input } = thrown;
  // some messages of the library contain the whole pattern, with a prefix; ours contains it already
  if (input === null || input === "" || input.endsWith(pattern)) return error;
  // never show a part from the middle of the pattern: redaction could not recognize a fragment of a secret
  const place = pattern.indexOf(input);
  return place < 0 ? error : `${error} at character ${place + 1}`;
}

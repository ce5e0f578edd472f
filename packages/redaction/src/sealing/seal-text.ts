import type { SecretForm } from "../forms/secret.js";
import type { Matcher } from "../matching/matcher.js";
import { choicesOf, writeChoices } from "./choices.js";
import { BRACKET, escapeBrackets, writeToken } from "./token.js";

/** The text with a token in the place of every secret. */
export function sealText(matcher: Matcher, text: string): string {
  const bytes = Buffer.from(text);
  const pieces: string[] = [];
  let done = 0;
  const onMatch = (start: number, end: number) => {
    if (end <= done) return;
    if (start > done) pieces.push(escapeBrackets(bytes.toString("utf8", done, start)));
    pieces.push(tokenFor(matcher.forms, bytes.subarray(start, end), Math.max(0, done - start)));
    done = end;
  };
  if (!matcher.isEmpty) matcher.search(bytes, { last: true, isText: true, onMatch });
  if (pieces.length === 0) return text.includes(BRACKET) ? escapeBrackets(text) : text;
  return `${pieces.join("")}${escapeBrackets(bytes.toString("utf8", done))}`;
}

function tokenFor(forms: readonly SecretForm[], bytes: Buffer, skip: number): string {
  for (const { id, part, code, units } of forms) {
    const choices = choicesOf(units, bytes);
    if (choices !== undefined) return writeToken({ id, part, code, choices: writeChoices(choices), skip });
  }
  throw new Error("a secret was found that has no form");
}

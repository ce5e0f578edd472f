import type { SecretForm } from "../forms/secret.js";
import { MASK } from "../masked-output.js";
import { findSecrets } from "../matching/find-secrets.js";
import type { Matcher } from "../matching/matcher.js";
import { choicesOf, writeChoices } from "./choices.js";
import { BRACKET, escapeBrackets, writeToken } from "./token.js";

/** The text with a token instead of every secret, and a mask instead of the rest of a truncated one. */
export function sealText(matcher: Matcher, text: string): string {
  const bytes = Buffer.from(text);
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end, whole } of matcher.isEmpty ? [] : findSecrets(matcher, bytes)) {
    if (end <= done) continue;
    if (start > done) pieces.push(escapeBrackets(bytes.toString("utf8", done, start)));
    pieces.push(whole ? tokenFor(matcher.forms, bytes.subarray(start, end), Math.max(0, done - start)) : MASK);
    done = end;
  }
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

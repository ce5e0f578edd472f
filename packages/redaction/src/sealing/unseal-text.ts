import { findForm } from "../forms/secret.js";
import { applyChoices, readChoices } from "./choices.js";
import { BRACKET, NUMBER_MARK, readToken, SEALED, type Token } from "./token.js";

/** Returns the secret of an id, as it was added. */
export type SecretLookup = (id: string) => string | undefined;

/** A sealed value cannot be restored. */
export class UnsealError extends Error {
  override readonly name = "UnsealError";

  constructor(
    readonly code: "secret-not-known" | "secret-changed" | "not-sealed",
    message: string,
    /** The secret's id; undefined if the text was not made by sealing. */
    readonly id?: string,
  ) {
    super(message);
  }
}

/** The text or the number that was sealed. Throws UnsealError. */
export function unsealText(text: string, lookup: SecretLookup): string | number {
  if (text.startsWith(NUMBER_MARK)) return Number(restore(text.slice(NUMBER_MARK.length), lookup));
  return restore(text, lookup);
}

/** The ids of the tokens in a sealed text. */
export function idsIn(text: string): string[] {
  return [...text.matchAll(SEALED)].flatMap(([, inside = ""]) => readToken(inside)?.id ?? []);
}

function restore(text: string, lookup: SecretLookup): string {
  return text.replace(SEALED, (_, inside: string) => {
    if (inside === "") return BRACKET;
    const token = readToken(inside);
    if (token === undefined) throw new UnsealError("not-sealed", `${JSON.stringify(`⟦${inside}⟧`)} is not a token of a sealed text`);
    return secretText(token, lookup(token.id));
  });
}

function secretText({ id, part, code, choices, skip }: Token, secret: string | undefined): string {
  if (secret === undefined)
    throw new UnsealError("secret-not-known", `the secret ${JSON.stringify(id)} is needed by the sealed text but not known`, id);
  const form = findForm(secret, part, code);
  const chosen = form && readChoices(choices, form.units.length);
  const bytes = form && chosen && applyChoices(form, chosen);
  if (bytes !== undefined && bytes.length > skip) return bytes.toString("utf8", skip);
  throw new UnsealError("secret-changed", `the secret ${JSON.stringify(id)} has changed since the text was sealed`, id);
}

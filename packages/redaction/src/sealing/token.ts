// A token is ⟦id|part|form|choices|skip⟧. A bracket of the original text is written ⟦⟧, so a text that
// looks like a token survives. ⟦#⟧ at the beginning marks a number.

/** Replaces a secret, or the part of it that no secret before it covers. */
export interface Token {
  readonly id: string;
  readonly part: number;
  readonly code: string;
  readonly choices: string;
  /** How many bytes of the form precede the token already. */
  readonly skip: number;
}

export const BRACKET = "⟦";
export const NUMBER_MARK = "⟦#⟧";

/** Matches what unsealing replaces: tokens, and doubled brackets. */
export const SEALED = /⟦([^⟦⟧]*)⟧/g;

export function writeToken({ id, part, code, choices, skip }: Token): string {
  const fields = [id.replace(/[%|⟦⟧\p{Cc}]/gu, encodeURIComponent), part || "", code, choices, skip || ""];
  return `⟦${fields.join("|").replace(/\|+$/, "")}⟧`;
}

/** Parses the text between the brackets of a token; undefined if it is not a token. */
export function readToken(text: string): Token | undefined {
  const [, id = "", part, code, choices = "", skip] = /^([^|]*)\|(\d*)\|([a-zA-Z]\d?)(?:\|([0-9a-z.*]*)(?:\|(\d+))?)?$/.exec(text) ?? [];
  return code === undefined ? undefined : { id: decodeURIComponent(id), part: Number(part), code, choices, skip: Number(skip ?? 0) };
}

/** Escapes text without secrets for a sealed text. */
export function escapeBrackets(text: string): string {
  return text.replaceAll(BRACKET, "⟦⟧");
}

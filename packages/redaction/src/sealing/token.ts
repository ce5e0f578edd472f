// A token is ⟦id|part|form|choices|skip⟧. The bracket never stands for itself in a sealed text: one that was there before is ⟦⟧, so a text that
// looks like a token survives. ⟦#⟧ at the beginning says that the text was a number.

/** What stands in the place of a secret, or of the part of it that no secret before it covers. */
export interface Token {
  readonly id: string;
  readonly part: number;
  readonly code: string;
  readonly choices: string;
  /** Bytes at the beginning of the form that stand before the token already. */
  readonly skip: number;
}

export const BRACKET = "⟦";
export const NUMBER_MARK = "⟦#⟧";

/** What is replaced when a text is unsealed: tokens, and brackets that were there before. */
export const SEALED = /⟦([^⟦⟧]*)⟧/g;

export function writeToken({ id, part, code, choices, skip }: Token): string {
  const fields = [id.replace(/[%|⟦⟧\p{Cc}]/gu, encodeURIComponent), part || "", code, choices, skip || ""];
  return `⟦${fields.join("|").replace(/\|+$/, "")}⟧`;
}

/** Reads what stands between the brackets of a token; undefined where it is none. */
export function readToken(text: string): Token | undefined {
  const [, id = "", part, code, choices = "", skip] = /^([^|]*)\|(\d*)\|([a-zA-Z]\d?)(?:\|([0-9a-z.*]*)(?:\|(\d+))?)?$/.exec(text) ?? [];
  return code === undefined ? undefined : { id: decodeURIComponent(id), part: Number(part), code, choices, skip: Number(skip ?? 0) };
}

/** A text that is no secret as it stands in a sealed one. */
export function escapeBrackets(text: string): string {
  return text.replaceAll(BRACKET, "⟦⟧");
}

/** Quotes as PowerShell knows them: the typographic ones are quotes too. */
export const SINGLE_QUOTES = "'‘’‚‛";
export const DOUBLE_QUOTES = '"“”„';

/** Whether a character is in a set; there is none before and after the text. */
export function isOneOf(character: string | undefined, set: string): boolean {
  return character !== undefined && character !== "" && set.includes(character);
}

/** The index of the end of the line, or of the text. */
export function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

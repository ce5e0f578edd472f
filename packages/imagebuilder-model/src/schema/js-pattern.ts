const WORDS = /^\w+(?:\|\w+)+$/;
const TOKENS = /\\.|\[(?:\\.|[^\]\\])*\]|\./gsu;
const BLANKS = " \\t\\n\\v\\f\\r";

/**
 * A pattern of the model, which is written for Java and meant for the whole text, as the source of a JavaScript expression with the flag
 * `u` that means the same: anchored at both ends whatever alternatives it has; `\s` has only blanks of ASCII, and `.` no end of a line.
 */
export function toJsPattern(pattern: string): string {
  return `^(?:${bodyOf(pattern).replaceAll(TOKENS, translated)})$`;
}

/** The words of a pattern that is only a choice of words (`optional|required`); undefined for any other. */
export function wordsOfChoice(pattern: string): string[] | undefined {
  const body = bodyOf(pattern);
  return WORDS.test(body) ? body.split("|") : undefined;
}

function bodyOf(pattern: string): string {
  return pattern.replace(/^\^/, "").replace(/\$$/, "");
}

function translated(token: string): string {
  if (token === ".") return "[^\\n\\r\\u0085\\u2028\\u2029]";
  if (token === "\\s") return `[${BLANKS}]`;
  return token.startsWith("[") ? token.replaceAll("\\s", BLANKS) : token;
}

const WORDS = /^\w+(?:\|\w+)+$/;
const TOKENS = /\\.|\[(?:\\.|[^\]\\])*\]|\./gsu;
const BLANKS = " \\t\\n\\v\\f\\r";

/**
 * Translates a pattern of the model, which is written for Java and applies to the whole text, to the source of an equivalent JavaScript
 * expression with the flag `u`: all alternatives anchored at both ends, `\s` matching only ASCII white space, `.` no line terminator.
 */
export function toJsPattern(pattern: string): string {
  return `^(?:${bodyOf(pattern).replaceAll(TOKENS, translated)})$`;
}

/** The words of a pattern that only lists words (`optional|required`); undefined for any other. */
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

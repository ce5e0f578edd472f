/**
 * A command line out of arguments, as programs for Windows split it again: an argument is in quotes, quotes in it are behind a backslash,
 * and backslashes count only before a quote.
 */
export function windowsCommandLine(parameters: readonly string[]): string {
  return parameters.map((text) => (/^[\w.:\\/-]+$/.test(text) ? text : `"${text.replace(/(\\*)("|$)/g, escaped)}"`)).join(" ");
}

function escaped(_whole: string, backslashes: string, quote: string): string {
  return `${backslashes}${backslashes}${quote === "" ? "" : `\\${quote}`}`;
}

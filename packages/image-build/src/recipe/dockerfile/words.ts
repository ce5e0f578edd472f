/**
 * The words of an argument as Docker splits them: at blanks, outside of quotes, which are taken off. Undefined if a quote is not closed.
 */
export function dockerfileWords(argument: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < argument.length; at++) {
    const character = argument.charAt(at);
    if (character === "\\" && quote !== "'" && at + 1 < argument.length) word = (word ?? "") + argument.charAt(++at);
    else if (quote !== "" && character === quote) quote = "";
    else if (quote === "" && (character === '"' || character === "'")) [quote, word] = [character, word ?? ""];
    else if (quote === "" && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + character;
  }
  if (quote !== "") return undefined;
  return word === undefined ? words : [...words, word];
}

/** `NAME=VALUE …`, or `NAME VALUE` where one name is given; undefined for anything else. */
export function pairsOf(argument: string): Record<string, string> | undefined {
  const words = dockerfileWords(argument);
  const [first = ""] = words ?? [];
  if (words === undefined || first === "") return undefined;
  if (!first.includes("=")) {
    const value = argument.slice(argument.search(/\s|$/)).trim();
    return value === "" ? undefined : { [first]: value };
  }
  const pairs = words.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] as const);
  return pairs.every(([name], index) => name !== "" && words[index]?.includes("=") === true) ? Object.fromEntries(pairs) : undefined;
}

/** A command: a list in JSON as it is, any other text for the shell. Undefined if it begins like a list and is none of texts. */
export function commandOf(argument: string): string[] | undefined {
  if (!argument.startsWith("[")) return argument === "" ? undefined : ["/bin/sh", "-c", argument];
  try {
    const list: unknown = JSON.parse(argument);
    return Array.isArray(list) && list.every((word) => typeof word === "string") ? list : undefined;
  } catch {
    return undefined;
  }
}

/** A parameter in a text of a command document. */
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

export type CommandValue = string | readonly string[];

/** The names between braces in a text, in order. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
}

/** A text with its parameters replaced, once: braces in a value stay as they are. Values of lists are joined by blanks. */
export function fillText(text: string, values: ReadonlyMap<string, CommandValue>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => {
    const value = values.get(name);
    return value === undefined ? whole : typeof value === "string" ? value : value.join(" ");
  });
}

/** The lines of a script. A line that is one parameter with a list becomes all items of the list. */
export function fillLines(lines: string | readonly string[], values: ReadonlyMap<string, CommandValue>): string[] {
  return (typeof lines === "string" ? [lines] : lines).flatMap((line) => {
    const [, name] = /^\s*\{\{\s*([^{}]*?)\s*\}\}\s*$/.exec(line) ?? [];
    const value = name === undefined ? undefined : values.get(name);
    return value === undefined || typeof value === "string" ? [fillText(line, values)] : value;
  });
}

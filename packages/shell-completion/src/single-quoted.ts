/** A word of bash and zsh that is the text, whatever characters it has. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

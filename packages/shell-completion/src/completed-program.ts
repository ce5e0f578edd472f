/** What completion has to know about a program. */
export interface CompletedProgram {
  /** Letters, digits, `-` and `_`. */
  readonly name: string;
  readonly commands: readonly CompletedCommand[];
}

export interface CompletedCommand {
  /** Its words behind the name of the program, such as `component` and `run`; none for the program itself. */
  readonly words: readonly string[];
  /** One line. */
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
  /** What its arguments are. */
  readonly takes: CompletedValue;
}

export interface CompletedFlag {
  /** Without `--`. */
  readonly name: string;
  /** One letter, without `-`. */
  readonly short?: string;
  /** One line. */
  readonly summary: string;
  /** What its value is; undefined for a flag without one. */
  readonly value?: CompletedValue;
}

/**
 * What can stand at a place: files, folders, one of some words, words or files separated by commas, or a text, for which nothing is
 * suggested.
 */
export type CompletedValue =
  | { readonly kind: "files" | "folders" | "text" | "files-list" }
  | { readonly kind: "words" | "words-list"; readonly words: readonly string[] };

/** What follows some words of a command line. */
export interface NextWord {
  readonly word: string;
  readonly summary: string;
}

/** The command names of every level, each with the words that may follow: `""`, `component`. */
export function nextWords({ commands }: CompletedProgram): ReadonlyMap<string, readonly NextWord[]> {
  const next = new Map<string, NextWord[]>();
  for (const { words, summary } of commands)
    for (const [index, word] of words.entries()) {
      const before = words.slice(0, index).join(" ");
      const known = next.get(before) ?? [];
      next.set(before, known);
      const isWhole = index === words.length - 1;
      const there = known.findIndex((each) => each.word === word);
      if (there === -1) known.push({ word, summary: isWhole ? summary : "" });
      else if (isWhole) known[there] = { word, summary };
    }
  return next;
}

/** Whether a text is a command, or begins some: the states of a script that reads a command line word by word. */
export function knownPaths(program: CompletedProgram): readonly string[] {
  const paths = program.commands.flatMap(({ words }) => words.map((_, index) => words.slice(0, index + 1).join(" ")));
  return [...new Set(paths)].sort();
}

/** `--name` and `-n`. */
export function spellings({ name, short }: CompletedFlag): readonly string[] {
  return [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
}

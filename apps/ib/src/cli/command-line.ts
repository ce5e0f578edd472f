import { listOf, nearest, quote, unknownName } from "@imagewright/diagnostics";
import { wrongUsage } from "./wrong-usage.js";

const HELP = ["--help", "-h"];
const VERSION = ["--version", "-v"];
/** `ib help`, `ib component help`, `ib help component run`. */
const HELP_WORD = "help";

export interface KnownCommands {
  /** The words of each command, such as `component run`. */
  readonly commands: readonly string[];
  /** The words that begin several commands, such as `component`. */
  readonly topics: readonly string[];
}

/** What a command line asks for. `words` are those of a command or a topic; without any it is the whole program. */
export type CommandLine =
  | { readonly what: "help"; readonly words: readonly string[] }
  | { readonly what: "version" }
  | { readonly what: "command"; readonly words: readonly string[]; readonly parameters: readonly string[] };

/** Reads a command line up to the command. Throws WrongUsage for a command that does not exist, and for flags without a command. */
export function readCommandLine(given: readonly string[], known: KnownCommands): CommandLine {
  const flags = given.filter((word, index) => word.startsWith("-") && !given.slice(0, index + 1).includes("--"));
  const firstFlag = given.findIndex((word) => word.startsWith("-"));
  const before = firstFlag === -1 ? given : given.slice(0, firstFlag);
  const named = before.filter((word, index) => word !== HELP_WORD || !isHelpWord(before, index, known));
  const words = commandOf(named, known);
  if (named.length < before.length || flags.some((flag) => HELP.includes(flag))) return { what: "help", words };
  if (flags.some((flag) => VERSION.includes(flag))) return { what: "version" };
  if (known.commands.includes(words.join(" "))) return { what: "command", words, parameters: given.slice(words.length) };
  if (flags.length > 0) throw wrongUsage(commandFirst(flags[0] ?? "", words, known));
  return { what: "help", words };
}

/** Whether `--json` is given, with a command or without one. */
export function wantsJson(given: readonly string[]): boolean {
  const end = given.indexOf("--");
  return (end === -1 ? given : given.slice(0, end)).includes("--json");
}

/** `help` is a word of the command line at its beginning and behind a topic; elsewhere it is an argument, such as the name of a file. */
function isHelpWord(words: readonly string[], index: number, { topics }: KnownCommands): boolean {
  const before = words.slice(0, index).filter((word) => word !== HELP_WORD);
  return before.length === 0 || (before.length === 1 && words[0] !== HELP_WORD && topics.includes(before[0] ?? ""));
}

/** The words of the command or the topic. */
function commandOf(words: readonly string[], { commands, topics }: KnownCommands): readonly string[] {
  const [first] = words;
  if (first === undefined) return [];
  const longest = [words.slice(0, 2), [first]].find((some) => commands.includes(some.join(" ")));
  if (longest !== undefined) return longest;
  const two = words.slice(0, 2).join(" ");
  if (topics.includes(first)) {
    if (words.length === 1) return [first];
    throw wrongUsage(unknownName("command", two, below(first, commands)));
  }
  // a misspelled topic makes the command misspelled
  throw wrongUsage(unknownName("command", nearest(two, commands) === undefined ? first : two, commands));
}

function commandFirst(flag: string, topic: readonly string[], { commands }: KnownCommands): string {
  const allowed = topic.length === 0 ? commands : below(topic.join(" "), commands);
  return `give a command before ${quote(flag)}: ${listOf(allowed)}`;
}

function below(topic: string, commands: readonly string[]): readonly string[] {
  return commands.filter((command) => command.startsWith(`${topic} `));
}

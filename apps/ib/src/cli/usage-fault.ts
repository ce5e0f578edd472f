import { listOf, quote, unknownName } from "@imagewright/diagnostics";
import type { Command } from "@oclif/core/command";
import { wrongUsage, WRONG_USAGE, type WrongUsage } from "./wrong-usage.js";

/** What oclif throws for a wrong command line. */
type ParserError = Error & {
  readonly oclif?: { readonly exit?: number };
  readonly flags?: readonly string[];
  /** Those that are missing, or the texts of those that are too many. */
  readonly args?: readonly { readonly name: string; readonly description?: string }[] | readonly string[];
};

/** A command without flags has none of its own. */
type Definition = Partial<Pick<Command.Class, "flags" | "args">>;

/** The wrong usage that oclif has found, in the words of this program; undefined for another error. */
export function usageFault(thrown: ParserError, command: Definition): WrongUsage | undefined {
  if (thrown.oclif?.exit !== WRONG_USAGE) return undefined;
  return wrongUsage(describe(thrown, command).join("; "));
}

/** A flag that is given with `=` although it has no value: oclif would take what follows for an argument. */
export function valueOfSwitch(given: readonly string[], { flags = {} }: Definition): WrongUsage | undefined {
  const end = given.indexOf("--");
  for (const word of end === -1 ? given : given.slice(0, end)) {
    const [, name = "", value = ""] = /^--([\w-]+)=(.*)$/s.exec(word) ?? [];
    if (name === "json" || flags[name]?.type === "boolean") return wrongUsage(`--${name} takes no value; found ${quote(value)}`);
  }
  return undefined;
}

function describe({ flags, args, message }: ParserError, command: Definition): string[] {
  if (flags !== undefined) return flags.map((flag) => unknownName("flag", flag.replace(/=.*/s, ""), namesOfFlags(command)));
  if (args !== undefined) return args.map((arg) => describeArgument(arg, command));
  const reason = message.replace(/\nSee more help with --help$/, "");
  const grouped = /^The following errors? occurred:\n([^]*)$/.exec(reason)?.[1];
  return (grouped?.split("\n") ?? [reason.replace(/\s+/g, " ")]).map((text) => inOwnWords(text.trim(), command));
}

function describeArgument(arg: string | { readonly name: string; readonly description?: string }, command: Definition): string {
  if (typeof arg === "string") return `unexpected argument ${quote(arg)}; ${describeArgs(command)}`;
  return `${arg.name.toUpperCase()} is missing: ${arg.description ?? ""}`;
}

function namesOfFlags({ flags = {} }: Definition): string[] {
  return [...Object.keys(flags), "json", "help"].map((name) => `--${name}`);
}

function describeArgs({ args = {} }: Definition): string {
  const names = Object.keys(args).map((name) => name.toUpperCase());
  return names.length === 0 ? "the command takes none" : `the command takes ${names.join(" and ")}`;
}

/** A sentence of oclif's about one flag. */
function inOwnWords(text: string, { flags = {} }: Definition): string {
  const [, expecting = ""] = /^Flag --(\S+) expects /.exec(text) ?? [];
  if (expecting !== "") return `--${expecting} needs a value: ${valuesOf(flags[expecting])}`;
  const [, missing = ""] = /^Missing required flag (\S+)$/.exec(text) ?? [];
  if (missing !== "") return `--${missing} is missing: ${flags[missing]?.summary ?? ""}`;
  const [, repeated = ""] = /^Flag --(\S+) can only be specified once$/.exec(text) ?? [];
  if (repeated !== "") return `--${repeated} is given twice`;
  const [, chosen = "", value = ""] = /^Expected --([^=]+)=(.*) to be one of: /.exec(text) ?? [];
  if (chosen !== "") return `--${chosen}: ${unknownName("value", value, optionsOf(flags[chosen]))}`;
  const [, argument = "", allowed = ""] = /^Expected (.*) to be one of: (.*)$/.exec(text) ?? [];
  if (allowed !== "") return unknownName("argument", argument, allowed.split(", "));
  const [, parsed = "", problem = ""] = /^Parsing --(\S+) (.*)$/.exec(text) ?? [];
  if (parsed !== "") return `--${parsed}: ${lowerFirst(problem)}`;
  const [, needed = "", dependent = ""] = /^All of the following must be provided when using --(\S+): (.*)$/.exec(text) ?? [];
  if (needed !== "") return `--${needed} needs ${dependent}`;
  const [, one = "", other = ""] = /^--([^=]+)=.* cannot also be provided when using --(\S+)$/.exec(text) ?? [];
  return one === "" ? lowerFirst(text) : `--${other} cannot be combined with --${one}`;
}

type Flag = NonNullable<Definition["flags"]>[string] | undefined;

function optionsOf(flag: Flag): readonly string[] {
  return flag?.type === "option" ? (flag.options ?? []) : [];
}

function valuesOf(flag: Flag): string {
  const options = optionsOf(flag);
  if (options.length > 0) return listOf(options);
  return flag?.type === "option" && typeof flag.helpValue === "string" ? flag.helpValue : "VALUE";
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

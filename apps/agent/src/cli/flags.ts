import { parseArgs, type ParseArgsConfig } from "node:util";
import { listOf, unknownName } from "@imagewright/diagnostics";
import { UsageError } from "./usage-error.js";

/** One flag as the help shows it and the parser reads it. */
export interface Flag {
  readonly short?: string;
  /** What its value is called; a flag without one is on or off. */
  readonly value?: string;
  readonly description: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** The given values by flag name. A flag that stands twice keeps both, joined by a comma, as with the lists of the guide. */
export type FlagValues<Table extends Flags> = { readonly [Name in keyof Table]?: (Table[Name] extends { readonly value: string } ? string : true) | undefined };

/** Reads the arguments behind a command. Throws a UsageError for anything that the table does not have. */
export function readFlags<const Table extends Flags>(table: Table, parameters: readonly string[]): FlagValues<Table> {
  const options: NonNullable<ParseArgsConfig["options"]> = {};
  for (const [name, flag] of Object.entries(table) as [string, Flag][]) {
    options[name] = { type: flag.value === undefined ? "boolean" : "string", ...(flag.value === undefined ? {} : { multiple: true }), ...(flag.short === undefined ? {} : { short: flag.short }) };
  }
  const { values, tokens } = parseArgs({ args: [...parameters], options, strict: false, tokens: true });
  for (const token of tokens) checkToken(token, table);
  const read = Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value === true || value === "true" ? true : undefined]);
  return Object.fromEntries(read) as FlagValues<Table>;
}

type Token = NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number];

function checkToken(token: Token, table: Flags): void {
  if (token.kind === "positional") throw new UsageError(`unexpected argument "${token.value}"; lists have commas between their items, and no spaces`);
  if (token.kind !== "option") return;
  const flag = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
  if (flag === undefined) throw new UsageError(unknownName("flag", token.rawName, Object.keys(table).map((name) => `--${name}`)));
  if (flag.value !== undefined && (token.value === undefined || (token.value.startsWith("-") && !token.inlineValue))) throw new UsageError(`--${token.name} needs a value: ${flag.value}`);
  if (flag.value === undefined && token.value !== undefined && !/^(true|false)$/.test(token.value)) throw new UsageError(`--${token.name} takes no value but ${listOf(["true", "false"])}`);
}

import { parseArgs, type ParseArgsConfig } from "node:util";
import { listOf, quote, unknownName } from "@imagewright/diagnostics";
import { UsageError } from "./usage-error.js";

/** One flag, for the help and the parser. */
export interface Flag {
  readonly short?: string;
  /** The name of its value in the help; without one, the flag is boolean. A LIST may be given several times. */
  readonly value?: string;
  readonly description: string;
  /** What its value can be, if it is one of some words. */
  readonly choices?: readonly string[];
  /** Whether its value is a file, or a LIST of files. */
  readonly isFile?: boolean;
}

export type Flags = Readonly<Record<string, Flag>>;

/** The given values by flag name. A list given several times contains the items of all, joined by commas. */
export type FlagValues<Table extends Flags> = {
  readonly [Name in keyof Table]?: (Table[Name] extends { readonly value: string } ? string : true) | undefined;
};

/** Reads the arguments after a command. Throws a UsageError for anything that is not in the table, and for duplicates. */
export function readFlags<const Table extends Flags>(table: Table, parameters: readonly string[]): FlagValues<Table> {
  const options: NonNullable<ParseArgsConfig["options"]> = {};
  for (const [name, flag] of Object.entries<Flag>(table)) {
    options[name] = {
      type: flag.value === undefined ? "boolean" : "string",
      ...(flag.value === undefined ? {} : { multiple: true }),
      ...(flag.short === undefined ? {} : { short: flag.short }),
    };
  }
  const { values, tokens } = parseArgs({ args: [...parameters], options, strict: false, tokens: true });
  for (const token of tokens) checkToken(token, table);
  checkRepeated(tokens, table);
  const read = Object.entries(values).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(",") : value === true || value === "true" ? true : undefined,
  ]);
  return Object.fromEntries(read) as FlagValues<Table>;
}

type Token = NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number];

function checkToken(token: Token, table: Flags): void {
  if (token.kind === "positional")
    throw new UsageError(`unexpected argument ${quote(token.value)}; lists have commas between their items, and no spaces`);
  if (token.kind !== "option") return;
  const flag = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
  if (flag === undefined)
    throw new UsageError(
      unknownName(
        "flag",
        token.rawName,
        Object.keys(table).map((name) => `--${name}`),
      ),
    );
  if (flag.value !== undefined && (token.value === undefined || (token.value.startsWith("-") && !token.inlineValue)))
    throw new UsageError(`--${token.name} needs a value: ${flag.value}`);
  if (flag.value === undefined && token.value !== undefined && !/^(true|false)$/.test(token.value))
    throw new UsageError(`--${token.name} takes no value but ${listOf(["true", "false"])}`);
}

function checkRepeated(tokens: readonly Token[], table: Flags): void {
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option" || table[token.name]?.value === "LIST") continue;
    if (seen.has(token.name)) throw new UsageError(`--${token.name} is given twice`);
    seen.add(token.name);
  }
}

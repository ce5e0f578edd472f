import { joinSafe, type SafeText } from "@imagewright/diagnostics";
import type { Flag, Flags } from "./flags.js";

export interface CommandHelp {
  readonly usage: string;
  readonly summary: string;
  readonly flags: Flags;
  readonly examples: readonly string[];
}

/** The help page of one command. */
export function renderHelp({ usage, summary, flags, examples }: CommandHelp): SafeText {
  const lines = [
    summary,
    "",
    "USAGE",
    `  ${usage}`,
    "",
    "FLAGS",
    ...table(flags),
    "",
    "EXAMPLES",
    ...examples.map((example) => `  $ ${example}`),
    "",
  ];
  return joinSafe(lines, "\n");
}

function table(flags: Flags): string[] {
  const rows = Object.entries(flags).map(([name, flag]) => [label(name, flag), flag.description] as const);
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

function label(name: string, flag: Flag): string {
  const short = flag.short === undefined ? "    " : `-${flag.short}, `;
  return `${short}--${name}${flag.value === undefined ? "" : ` ${flag.value}`}`;
}

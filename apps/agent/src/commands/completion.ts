import { listOf, safe, safeLines, unknownName } from "@imagewright/diagnostics";
import { completionScript, SHELLS, type CompletedFlag, type CompletedProgram, type CompletedValue } from "@imagewright/shell-completion";
import { EXIT } from "../cli/exit-codes.js";
import type { Flag, Flags } from "../cli/flags.js";
import { UsageError } from "../cli/usage-error.js";
import type { Terminal } from "../terminal.js";
import { RUN_FLAGS } from "./run-flags.js";
import { VALIDATE_FLAGS } from "./validate.js";

const HELP = safe`Prints the script that completes command lines of ib-agent in a shell.

USAGE
  ib-agent completion bash|zsh|fish

EXAMPLES
  $ source <(ib-agent completion bash)     # in ~/.bashrc
  $ source <(ib-agent completion zsh)      # in ~/.zshrc, behind compinit
  $ ib-agent completion fish | source      # in ~/.config/fish/config.fish
`;
const HELP_FLAG = { help: { short: "h", description: "Print this help" } } as const satisfies Flags;
const VERSION_FLAG = { version: { short: "v", description: "Print the version" } } as const satisfies Flags;
const TEXT: CompletedValue = { kind: "text" };

const PROGRAM: CompletedProgram = {
  name: "ib-agent",
  commands: [
    { words: [], summary: "", flags: completedFlags({ ...HELP_FLAG, ...VERSION_FLAG }), takes: TEXT },
    { words: ["run"], summary: "run the phases of component documents", flags: completedFlags(RUN_FLAGS), takes: TEXT },
    { words: ["validate"], summary: "report every fault of component documents", flags: completedFlags(VALIDATE_FLAGS), takes: TEXT },
    {
      words: ["completion"],
      summary: "print the script that completes command lines",
      flags: completedFlags(HELP_FLAG),
      takes: { kind: "words", words: SHELLS },
    },
  ],
};

/** `ib-agent completion`: prints the script for a shell on standard output. */
export function completion(parameters: readonly string[], terminal: Terminal): number {
  const [given, more] = parameters;
  if (parameters.some((parameter) => parameter === "--help" || parameter === "-h")) {
    terminal.out(HELP);
    return EXIT.done;
  }
  if (given === undefined || more !== undefined) throw new UsageError(`give one shell: ${listOf(SHELLS)}`);
  const shell = SHELLS.find((name) => name === given);
  if (shell === undefined) throw new UsageError(unknownName("shell", given, SHELLS));
  terminal.out(safe`${safeLines(completionScript(shell, PROGRAM).trimEnd(), "")}\n`);
  return EXIT.done;
}

function completedFlags(table: Flags): readonly CompletedFlag[] {
  return Object.entries(table).map(([name, flag]) => ({
    ...{ name, summary: flag.description },
    ...(flag.short === undefined ? {} : { short: flag.short }),
    ...(flag.value === undefined ? {} : { value: completedValue(flag) }),
  }));
}

function completedValue({ value, choices, isFile = false }: Flag): CompletedValue {
  if (choices !== undefined) return { kind: value === "LIST" ? "words-list" : "words", words: choices };
  if (isFile) return { kind: value === "LIST" ? "files-list" : "files" };
  return value === "FOLDER" ? { kind: "folders" } : TEXT;
}

import type { CompletedCommand, CompletedFlag, CompletedProgram, CompletedValue } from "@imagewright/shell-completion";
import type { Command } from "@oclif/core/command";
import type { Config } from "@oclif/core/config";

const HELP: CompletedFlag = { name: "help", short: "h", summary: "show help" };
const ROOT: CompletedCommand = {
  words: [],
  summary: "",
  flags: [HELP, { name: "version", short: "v", summary: "show the version" }],
  takes: { kind: "text" },
};

/** All commands of `ib` as completion sees them, from the manifest with which help is printed. */
export function completedProgram({ bin, commands, topics }: Pick<Config, "bin" | "commands" | "topics">): CompletedProgram {
  const known = commands.filter(({ hidden }) => !hidden).map(completedCommand);
  const begun = topics.filter(({ name }) => !commands.some(({ id }) => id === name));
  return { name: bin, commands: [ROOT, ...begun.map(completedTopic), ...known] };
}

function completedTopic({ name, description = "" }: Config["topics"][number]): CompletedCommand {
  return { words: [name], summary: description, flags: [HELP], takes: { kind: "text" } };
}

function completedCommand({ id, summary = "", flags, args }: Command.Loadable): CompletedCommand {
  return {
    words: id.split(":"),
    summary,
    flags: [...Object.values(flags).map(completedFlag), HELP],
    takes: Object.values(args).map(valueOfArg)[0] ?? { kind: "text" },
  };
}

function completedFlag(flag: Command.Loadable["flags"][string]): CompletedFlag {
  const common = {
    name: flag.name,
    summary: flag.summary ?? flag.description ?? "",
    ...(flag.char === undefined ? {} : { short: flag.char }),
  };
  if (flag.type !== "option") return common;
  const { options: words, delimiter, helpValue } = flag;
  if (words !== undefined && words.length > 0)
    return { ...common, value: { kind: delimiter === undefined ? "words" : "words-list", words } };
  return { ...common, value: { kind: helpValue === "FOLDER" ? "folders" : helpValue === "FILE" ? "files" : "text" } };
}

/** An argument is a file if its description says so to people. */
function valueOfArg({ options, description = "" }: Command.Loadable["args"][string]): CompletedValue {
  if (options !== undefined) return { kind: "words", words: options };
  return { kind: /\b(YAML|file)\b/.test(description) ? "files" : "text" };
}

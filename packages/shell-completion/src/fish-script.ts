import { knownPaths, nextWords, type CompletedFlag, type CompletedProgram, type CompletedValue } from "./completed-program.js";

/** The script for fish. */
export function fishScript(program: CompletedProgram): string {
  const { name, commands } = program;
  const test = `__${name.replaceAll("-", "_")}_at`;
  const at = (words: readonly string[]) => `complete -c ${name} -n ${quoted(`${test} ${quoted(words.join(" "))}`)}`;
  const lines = [
    ...[...nextWords(program)].flatMap(([before, words]) =>
      words.map(({ word, summary }) => `${at([before])} -a ${quoted(word)}${description(summary)}`),
    ),
    ...commands.flatMap(({ words, takes }) => argumentsOf(takes).map((given) => `${at(words)} ${given}`)),
    ...commands.flatMap(({ words, flags }) => flags.map((flag) => `${at(words)} ${flagOf(flag)}`)),
  ];
  return `# fish completion for ${name}
function ${test} --description 'Whether these are the words of the command on the command line'
    set -l command ''
    for word in (commandline -opc)[2..-1]
        if test "$word" = help; and test -z "$command"
            continue
        end
        switch (string trim -- "$command $word")
            case ${knownPaths(program).map(quoted).join(" ")}
                set command (string trim -- "$command $word")
            case '*'
                break
        end
    end
    test "$command" = "$argv[1]"
end
complete -c ${name} -e
complete -c ${name} -f
${lines.join("\n")}
`;
}

function flagOf(flag: CompletedFlag): string {
  const short = flag.short === undefined ? "" : ` -s ${flag.short}`;
  return `-l ${flag.name}${short}${flag.value === undefined ? "" : ` ${valueOf(flag.value)}`}${description(flag.summary)}`;
}

function valueOf(value: CompletedValue): string {
  switch (value.kind) {
    case "files":
    case "files-list":
      return "-r -F";
    case "folders":
      return `-x -a '(__fish_complete_directories (commandline -ct))'`;
    case "text":
      return "-x";
    case "words":
      return `-x -a ${quoted(value.words.join(" "))}`;
    case "words-list":
      return `-x -a ${quoted(`(__fish_append , ${value.words.join(" ")})`)}`;
  }
}

function argumentsOf(value: CompletedValue): readonly string[] {
  if (value.kind === "files" || value.kind === "folders") return ["-F"];
  return value.kind === "words" ? [`-a ${quoted(value.words.join(" "))}`] : [];
}

function description(summary: string): string {
  return summary === "" ? "" : ` -d ${quoted(summary)}`;
}

/** A word of fish that is the text, whatever characters it has. */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

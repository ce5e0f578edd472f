import { knownPaths, nextWords, spellings, type CompletedFlag, type CompletedProgram, type CompletedValue } from "./completed-program.js";
import { singleQuoted } from "./single-quoted.js";

/** The script for zsh: to be sourced behind `compinit`, or as the file `_name` in a folder of `fpath`. */
export function zshScript(program: CompletedProgram): string {
  const name = program.name;
  const withValue = program.commands.flatMap(({ words, flags }) =>
    flags.flatMap((flag) => (flag.value === undefined ? [] : [`      (${patternOf(words, flag)}) ${suggest(flag.value)}; return ;;`])),
  );
  const flags = program.commands.map(
    ({ words, flags: own }) =>
      `        (${singleQuoted(words.join(" "))}) found=(${own.flatMap((flag) => spellings(flag).map((spelling) => described(spelling, flag.summary))).join(" ")}) ;;`,
  );
  const commands = [...nextWords(program)].map(
    ([before, words]) => `    (${singleQuoted(before)}) found=(${words.map(({ word, summary }) => described(word, summary)).join(" ")}) ;;`,
  );
  const args = program.commands.map(({ words, takes }) => `    (${singleQuoted(words.join(" "))}) ${suggest(takes)} ;;`);
  return `#compdef ${name}
_${name}() {
  local command='' word prev=$words[CURRENT-1]
  local -i index ended=0
  local -a found
  for ((index = 2; index < CURRENT; index++)); do
    word=$words[index]
    if [[ $word == help && -z $command ]]; then continue; fi
    case "\${command:+$command }$word" in
      (${knownPaths(program).map(singleQuoted).join("|")}) command="\${command:+$command }$word" ;;
      (*) break ;;
    esac
  done
  for ((; index < CURRENT; index++)); do if [[ $words[index] == -- ]]; then ended=1; fi; done
  if ((!ended)); then
    if [[ $PREFIX == --*=* ]]; then prev=\${PREFIX%%=*}; compset -P '*='; fi
    case "$command $prev" in
${withValue.join("\n")}
    esac
    if [[ $PREFIX == -* ]]; then
      case $command in
${flags.join("\n")}
      esac
      _describe -o flag found
      return
    fi
  fi
  case $command in
${commands.join("\n")}
  esac
  if (($#found)); then _describe command found; fi
  case $command in
${args.join("\n")}
  esac
}
if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function patternOf(words: readonly string[], flag: CompletedFlag): string {
  return spellings(flag)
    .map((spelling) => singleQuoted(`${words.join(" ")} ${spelling}`))
    .join("|");
}

/** `word:summary`, in which a colon belongs to the word if a backslash is before it. */
function described(word: string, summary: string): string {
  return singleQuoted(`${word.replaceAll(":", "\\:")}:${summary.replaceAll("\\", "\\\\")}`);
}

function suggest(value: CompletedValue): string {
  switch (value.kind) {
    case "files":
      return "_files";
    case "folders":
      return "_files -/";
    case "text":
      return ":";
    case "files-list":
      return "compset -P '*,'; _files -S ''";
    case "words":
      return `compadd -- ${value.words.map(singleQuoted).join(" ")}`;
    case "words-list":
      return `compset -P '*,'; compadd -S '' -- ${value.words.map(singleQuoted).join(" ")}`;
  }
}

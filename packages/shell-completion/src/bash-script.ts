import { knownPaths, nextWords, spellings, type CompletedFlag, type CompletedProgram, type CompletedValue } from "./completed-program.js";
import { singleQuoted } from "./single-quoted.js";

/** The script for bash. It does without the package bash-completion, and with what bash 3.2 has. */
export function bashScript(program: CompletedProgram): string {
  const name = program.name.replaceAll("-", "_");
  const next = nextWords(program);
  const withValue = program.commands.flatMap(({ words, flags }) =>
    flags.flatMap((flag) => (flag.value === undefined ? [] : [`    ${patternOf(words, flag)}) ${suggest(name, flag.value)}; return ;;`])),
  );
  const flags = program.commands.map(
    ({ words, flags: own }) => `      ${singleQuoted(words.join(" "))}) words=${singleQuoted(own.flatMap(spellings).join(" "))} ;;`,
  );
  const commands = [...next].map(
    ([before, words]) => `    ${singleQuoted(before)}) ${suggest(name, { kind: "words", words: words.map(({ word }) => word) })} ;;`,
  );
  const args = program.commands.map(({ words, takes }) => `    ${singleQuoted(words.join(" "))}) ${suggest(name, takes)} ;;`);
  return `# bash completion for ${program.name}
_${name}_add() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done
}
_${name}_words() {
  _${name}_add < <(compgen -W "$1" -- "$2")
}
_${name}_paths() {
  compopt -o filenames 2> /dev/null
  _${name}_add < <(compgen "$1" -- "$2")
}
# what stands before the last comma stays
_${name}_list() {
  local before='' index
  case $2 in *,*) before=\${2%,*}, ;; esac
  if [ "$1" = -f ]; then _${name}_paths -f "\${2#"$before"}"; else _${name}_words "$1" "\${2#"$before"}"; fi
  compopt -o nospace 2> /dev/null
  for index in "\${!COMPREPLY[@]}"; do COMPREPLY[index]=$before\${COMPREPLY[index]}; done
}
_${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev='' command='' word words='' index ended=''
  COMPREPLY=()
  # bash makes three words of --flag=value
  if [ "$cur" = = ]; then cur=''; prev=\${COMP_WORDS[COMP_CWORD - 1]}
  elif [ "\${COMP_WORDS[COMP_CWORD - 1]}" = = ]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}
  else prev=\${COMP_WORDS[COMP_CWORD - 1]}; fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [ "$word" = -- ]; then ended=1; fi
    if [ "$word" = help ] && [ -z "$command" ]; then continue; fi
    case "\${command:+$command }$word" in
    ${knownPaths(program).map(singleQuoted).join(" | ")}) command="\${command:+$command }$word" ;;
    *) break ;;
    esac
  done
  for ((; index < COMP_CWORD; index++)); do if [ "\${COMP_WORDS[index]}" = -- ]; then ended=1; fi; done
  if [ -z "$ended" ]; then
    case "$command $prev" in
${withValue.join("\n")}
    esac
    case $cur in
    -*)
      case $command in
${flags.join("\n")}
      esac
      _${name}_words "$words" "$cur"
      return
      ;;
    esac
  fi
  case $command in
${commands.join("\n")}
  esac
  case $command in
${args.join("\n")}
  esac
}
complete -F _${name} ${program.name}
`;
}

function patternOf(words: readonly string[], flag: CompletedFlag): string {
  return spellings(flag)
    .map((spelling) => singleQuoted(`${words.join(" ")} ${spelling}`))
    .join(" | ");
}

function suggest(name: string, value: CompletedValue): string {
  switch (value.kind) {
    case "files":
      return `_${name}_paths -f "$cur"`;
    case "folders":
      return `_${name}_paths -d "$cur"`;
    case "text":
      return ":";
    case "files-list":
      return `_${name}_list -f "$cur"`;
    case "words":
      return `_${name}_words ${singleQuoted(value.words.join(" "))} "$cur"`;
    case "words-list":
      return `_${name}_list ${singleQuoted(value.words.join(" "))} "$cur"`;
  }
}

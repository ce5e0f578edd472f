/**
 * What bash's `type` finds without looking at files: the builtins and reserved words of bash 5.2, from its `compgen -b` and `compgen -k`.
 * macOS ships bash 3.2, whose set lacks coproc, compopt, mapfile and readarray.
 */
const BUILTINS =
  ". : [ alias bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown echo enable eval exec exit export " +
  "false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return set shift shopt " +
  "source suspend test times trap true type typeset ulimit umask unalias unset wait";

const RESERVED_WORDS = "if then else elif fi case esac for select while until do done in function time { } ! [[ ]] coproc";

export const SHELL_WORDS: ReadonlySet<string> = new Set(`${BUILTINS} ${RESERVED_WORDS}`.split(" "));

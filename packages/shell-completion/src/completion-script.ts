import { bashScript } from "./bash-script.js";
import type { CompletedProgram } from "./completed-program.js";
import { fishScript } from "./fish-script.js";
import { zshScript } from "./zsh-script.js";

export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies Record<Shell, unknown>;

/**
 * A script that a shell evaluates at its start. It has all that it needs, so pressing Tab does not start the program. For bash from 3.2,
 * zsh from 5, fish from 3. Throws for names and words that are not plain; summaries may have any characters.
 */
export function completionScript(shell: Shell, program: CompletedProgram): string {
  for (const word of wordsOf(program))
    if (!PLAIN_WORD.test(word)) throw new Error(`${JSON.stringify(word)} cannot be completed: only letters, digits, ".", "_" and "-" can`);
  return SCRIPTS[shell](program);
}

// bash would evaluate others
const PLAIN_WORD = /^[\w.-]+$/;

function wordsOf({ name, commands }: CompletedProgram): readonly string[] {
  const values = commands.flatMap(({ flags, takes }) => [takes, ...flags.flatMap(({ value }) => value ?? [])]);
  return [
    name,
    ...commands.flatMap(({ words, flags }) => [...words, ...flags.flatMap((flag) => [flag.name, flag.short ?? "a"])]),
    ...values.flatMap((value) => ("words" in value ? value.words : [])),
  ];
}

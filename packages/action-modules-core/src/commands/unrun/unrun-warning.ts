import type { ActionWarning, HostPorts } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { unrunAdvice } from "./unrun-advice.js";
import type { UnrunCommand } from "./unrun-commands.js";

/**
 * The warning that a script which succeeded has not done all that it says. `commands` are the lines of the script as the input has them.
 */
export async function warningOf(
  { kind, text, line }: UnrunCommand,
  commands: readonly string[],
  host: Pick<HostPorts, "platform" | "files">,
): Promise<ActionWarning> {
  const place = placeOf(line ?? onlyLineWith(kind === "refused" ? "sudo" : text, commands), commands);
  const what = { message: MESSAGES[kind](text), hints: await unrunAdvice({ kind, text }, host) };
  return place === undefined ? what : { ...what, place };
}

const MESSAGES: Readonly<Record<UnrunCommand["kind"], (text: string) => string>> = {
  missing: (name) => `${quote(name)} was not found, and the script went on without it`,
  refused: (reason) => `sudo refused a command, and the script went on without it: ${reason}`,
  package: (name) => `apt does not know the package ${quote(name)}, and the script went on without it`,
};

/** The line that alone has a word, from 1. */
function onlyLineWith(word: string, commands: readonly string[]): number | undefined {
  const lines = commands.flatMap((command) => command.split("\n"));
  const having = lines.flatMap((text, index) => (text.split(/[\s;|&()<>"'`$]+/).includes(word) ? [index + 1] : []));
  return having.length === 1 ? having[0] : undefined;
}

/** The place in the input of a line of the script. */
function placeOf(line: number | undefined, commands: readonly string[]): ActionWarning["place"] {
  let before = 0;
  for (const [index, command] of commands.entries()) {
    const lines = command.split("\n").length;
    if (line !== undefined && line <= before + lines) return { path: ["commands", index], line: line - before - 1 };
    before += lines;
  }
  return undefined;
}

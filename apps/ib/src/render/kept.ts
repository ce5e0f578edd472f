import { isUnderSudo } from "@imagewright/configuration";
import { safe, type SafeText } from "@imagewright/diagnostics";
import type { KeptMachine } from "@imagewright/image-build";
import { asTyped } from "../sudo/as-typed.js";
import { commandLine } from "./command-line.js";

/** How a person gets into a container that is kept, and removes it. */
export function describeKept({ machine, owner, shell }: KeptMachine): SafeText {
  const enter = commandLine(shell, isUnderSudo(process.env));
  return safe`the container ${machine.id} is kept\n  look inside: ${enter}\n  remove it:   ${asTyped(`ib build discard ${owner}`)}\n`;
}

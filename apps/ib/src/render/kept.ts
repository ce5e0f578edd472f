import { isUnderSudo } from "@imagewright/configuration";
import { joinSafe, safe, type SafeText } from "@imagewright/diagnostics";
import type { KeptMachine } from "@imagewright/image-build";
import { asTyped } from "../sudo/as-typed.js";
import { commandLine } from "./command-line.js";

/** How a person gets into containers that are kept, and removes them. */
export function describeKept(kept: KeptMachine): SafeText {
  const { owner, others = [] } = kept;
  const lines = [kept, ...others].map(({ machine, shell }) => {
    const enter = commandLine(shell, isUnderSudo(process.env));
    return safe`the container ${machine.id} is kept\n  look inside: ${enter}\n`;
  });
  const remove = others.length === 0 ? safe`remove it:  ` : safe`remove them:`;
  return safe`${joinSafe(lines, "")}  ${remove} ${asTyped(`ib build discard ${owner}`)}\n`;
}

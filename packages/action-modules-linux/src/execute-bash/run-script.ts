import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { runCommand } from "@imagewright/action-modules-core";
import { withScript } from "./with-script.js";

/**
 * Joins the commands with line feeds, adds nothing else, and runs the file with bash. Only the script's exit code counts.
 * Only its owner can read the file, whereas process arguments are visible to every user of the machine.
 */
export function runScript({ commands }: { readonly commands: readonly string[] }, context: ActionContext): Promise<ActionResult> {
  return withScript(`${commands.join("\n")}\n`, context, (path) => runCommand("bash", [path], context, { path, commands }));
}

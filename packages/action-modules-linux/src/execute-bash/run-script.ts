import { join } from "node:path";
import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { runCommand } from "@imagewright/action-modules-core";

let scripts = 0;

/**
 * Joins the commands with line feeds, adds nothing else, and runs the file with bash. Only the script's exit code counts.
 * Only its owner can read the file, whereas process arguments are visible to every user of the machine. Each script has a name
 * of its own because a child that continues in the background may still read the previous one.
 */
export async function runScript({ commands }: { readonly commands: readonly string[] }, context: ActionContext): Promise<ActionResult> {
  const script = join(context.temporaryDirectory, `script-${++scripts}.sh`);
  await context.host.files.writeFile(script, `${commands.join("\n")}\n`, { mode: 0o700, flag: "wx" });
  try {
    return await runCommand("bash", [script], context);
  } finally {
    // a script may contain secrets, and bash keeps the file open while it reads it. Not awaited: the folder is removed at the end of the
    // run anyway
    void context.host.files.unlink(script).catch(() => undefined);
  }
}

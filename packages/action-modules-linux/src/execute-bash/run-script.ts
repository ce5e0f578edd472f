import { join } from "node:path";
import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { runCommand } from "@imagewright/action-modules-core";

let scripts = 0;

/**
 * Joins the commands with line ends, with nothing before or between them, and runs the file with bash. Only the script's exit code counts.
 * The script is a file that only its owner can read, because arguments of a process are open to everyone on the machine; each has a name
 * of its own, because a child that goes on in the background may still read the one before.
 */
export async function runScript({ commands }: { readonly commands: readonly string[] }, context: ActionContext): Promise<ActionResult> {
  const script = join(context.temporaryDirectory, `script-${++scripts}.sh`);
  await context.host.files.writeFile(script, `${commands.join("\n")}\n`, { mode: 0o700, flag: "wx" });
  try {
    return await runCommand("bash", [script], context);
  } finally {
    // a script may hold secrets; bash has the file open for as long as it reads it. Nothing waits for it: the folder goes at the end of the run
    void context.host.files.unlink(script).catch(() => undefined);
  }
}

import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { attempt, resolvePath, runCommand } from "@imagewright/action-modules-core";
import { POWER_SHELL_OPTIONS, powerShellEnvironment, powerShellProgram } from "../power-shell/power-shell.js";
import { withScriptFile } from "../power-shell/with-script-file.js";

interface ExecutePowerShellInput {
  readonly commands?: readonly string[] | undefined;
  readonly file?: string | undefined;
}

/**
 * Runs the commands as one script, joined with line feeds and nothing added, so that line numbers in messages are the document's; or the
 * script of a file. Only the exit code counts.
 */
export async function runPowerShell({ commands = [], file }: ExecutePowerShellInput, context: ActionContext): Promise<ActionResult> {
  if (file === undefined) return withScriptFile(`${commands.join("\n")}\n`, context, (path) => runScript(path, context));
  const path = resolvePath(file, context);
  await attempt("run script", path, () => context.host.files.access(path));
  return runScript(path, context);
}

function runScript(path: string, context: ActionContext): Promise<ActionResult> {
  const { environment } = context;
  const parameters = [...POWER_SHELL_OPTIONS, "-File", path];
  return runCommand(powerShellProgram(environment), parameters, { ...context, environment: powerShellEnvironment(environment) });
}

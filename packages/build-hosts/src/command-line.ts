import type { MachineCommand } from "./machine.js";

/**
 * The command line that runs a command inside a container: a shell removes variables that engines add, enters the folder, and turns a death
 * by signal into an exit code, which some engines do not report.
 */
export function inContainer(
  command: MachineCommand,
  defaults: { readonly environment?: Readonly<Record<string, string>> | undefined; readonly workingDirectory?: string | undefined },
): string[] {
  const folder = command.workingDirectory ?? defaults.workingDirectory;
  const variables = Object.entries({ ...defaults.environment, ...command.environment }).map(([name, value]) => `${name}=${value}`);
  const script = [
    "unset HOME HOSTNAME container",
    ...(folder === undefined ? [] : ['mkdir -p "$1" && cd "$1" || exit 126']),
    "shift",
    '"$@"',
    "exit $?",
  ].join("\n");
  return ["/bin/sh", "-c", script, "sh", folder ?? "", "env", ...variables, ...command.arguments];
}

import type { MachineCommand } from "./machine.js";

/**
 * The words that run a command inside a container: a shell takes away what engines add of their own, goes to the folder, and turns a death by
 * signal into an exit code, which some engines lose.
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

import { jobFolder, type JobSpec, type MachineRef } from "@imagewright/build-hosts";
import type { BoundScript } from "./bind-command.js";

/** The job that runs a script of a command document. A shell script with a first line `#!` is run by what that names. */
export function scriptJob(machine: MachineRef, { action, lines, workingDirectory }: BoundScript, token: string): JobSpec {
  const text = `${lines.join("\n")}\n`;
  const settings = workingDirectory === undefined ? {} : { workingDirectory };
  if (action === "aws:runPowerShellScript") {
    const path = `${jobFolder(machine, token)}/script.ps1`;
    const command = ["pwsh", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Unrestricted", "-File", path];
    return { ...settings, command, files: { "script.ps1": { text } } };
  }
  const path = `${jobFolder(machine, token)}/script.sh`;
  const command = text.startsWith("#!") ? ["/bin/sh", "-c", 'chmod 0700 "$0" && exec "$0"', path] : ["/bin/sh", path];
  return { ...settings, command, files: { "script.sh": { text } } };
}

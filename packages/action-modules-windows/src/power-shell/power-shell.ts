import { win32 } from "node:path";
import { systemProgram } from "../commands/system-program.js";

/** Windows PowerShell, which every Windows has, by its path. Its folder is named v1.0 in all versions. */
export function powerShellProgram(environment: Readonly<Record<string, string>>): string {
  return systemProgram(win32.join("WindowsPowerShell", "v1.0", "powershell.exe"), environment);
}

/**
 * What Windows PowerShell gets of an environment: all but PSModulePath. An agent that was started in PowerShell 7 has the folders of that
 * one, whose modules Windows PowerShell cannot load; without the variable it takes its own folders.
 */
export function powerShellEnvironment(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name.toLowerCase() !== "psmodulepath"));
}

/** No profile of a user changes what a script does, nobody can answer questions, and the machine's policy for scripts does not count. */
export const POWER_SHELL_OPTIONS = ["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass"];

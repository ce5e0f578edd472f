import type { ForeignAction } from "@imagewright/action-contract";

const commands = "ExecuteBash";
const packages = "ExecuteBash with the package manager, or UpdateOS";
const files = "CreateFile or AppendFile on the configuration file of the program";

/** The modules of the guide that run on Windows only, with what to use on the other platforms. */
export const windowsOnly: readonly ForeignAction[] = [
  { name: "ExecutePowerShell", platforms: ["windows"], instead: { linux: commands, darwin: commands } },
  { name: "InstallMSI", platforms: ["windows"], instead: { linux: packages, darwin: "ExecuteBinary with installer" } },
  { name: "SetRegistry", platforms: ["windows"], instead: { linux: files, darwin: "ExecuteBinary with defaults" } },
  { name: "UninstallMSI", platforms: ["windows"], instead: { linux: packages, darwin: "DeleteFolder on the application" } },
];

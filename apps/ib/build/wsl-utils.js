import { release } from "node:os";

// Stands in for the package of this name in the bundle: oclif asks it at each start whether the platform is WSL, for the text of
// `--version`, and it loads child_process, with which oclif would ask PowerShell for the shell of a Windows user.
export const isWsl = process.platform === "linux" && release().toLowerCase().includes("microsoft");
export const powerShellPath = async () => "powershell.exe";

// Stands in for the package of this name in the bundle: oclif asks it at each start whether the platform is WSL, and it loads child_process to
// run PowerShell, for which oclif would ask only to name a Windows user's shell.
export { default as isWsl } from "is-wsl";
export const powerShellPath = async () => "powershell.exe";

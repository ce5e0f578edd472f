import { existsSync } from "node:fs";
import { IS_WINDOWS, isShuttingDown } from "@imagewright/node-host";
import { runTool } from "./run-tool.js";

/** Whether the machine is restarting or shutting down; undefined if neither, or if that is not known. */
export function pendingShutdown(): "restart" | "off" | undefined {
  // it does not tell which of the two
  if (IS_WINDOWS) return isShuttingDown() ? "restart" : undefined;
  return existsSync("/run/systemd/system") ? bySystemd() : byRunLevel();
}

function bySystemd(): "restart" | "off" | undefined {
  const jobs = ask("systemctl", ["list-jobs", "--no-legend", "--plain"]);
  if (/ (reboot|kexec|soft-reboot)\.target /.test(jobs)) return "restart";
  return / (poweroff|halt)\.target /.test(jobs) ? "off" : undefined;
}

/** System V's init uses runlevel 6 for a restart and 0 for a shutdown. */
function byRunLevel(): "restart" | "off" | undefined {
  const level = ask("runlevel", []).trim().split(" ").at(-1);
  return level === "6" ? "restart" : level === "0" ? "off" : undefined;
}

function ask(tool: string, parameters: readonly string[]): string {
  try {
    return runTool(tool, parameters);
  } catch {
    return "";
  }
}

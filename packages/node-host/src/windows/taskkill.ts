import { spawnSync } from "node:child_process";
import { win32 } from "node:path";
import { sendSignal } from "../send-signal.js";

const LONGEST_MILLISECONDS = 10_000;

/**
 * Ends a process and all that it has started and that still runs, as far as their parents run: Windows has no process groups, and knows of
 * a process only the id of its parent. Waits until it is done.
 */
export function endTree(pid: number): void {
  // by its path: on Windows a name is looked for in the current folder first
  const file = win32.join(process.env["SystemRoot"] ?? "C:\\Windows", "System32", "taskkill.exe");
  spawnSync(file, taskkillArguments(pid), { stdio: "ignore", windowsHide: true, timeout: LONGEST_MILLISECONDS });
  // where taskkill does not know /T
  sendSignal(pid, "SIGKILL");
}

/** `/T` with the processes below it, `/F` without asking: console programs have no window that could be asked to close. */
export function taskkillArguments(pid: number): readonly string[] {
  return ["/PID", String(pid), "/T", "/F"];
}

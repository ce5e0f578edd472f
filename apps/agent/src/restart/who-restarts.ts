import { existsSync, readFileSync } from "node:fs";
import { IS_WINDOWS } from "@imagewright/node-host";
import type { RestartMode } from "../commands/run-choices.js";

/** Who restarts the machine and continues the run. */
export type RestartWay =
  /** The agent exits with 194, on Windows 3010; its caller restarts the machine and starts it again. */
  | { readonly kind: "caller"; readonly reason: string }
  /** The agent sets a trigger and restarts the machine. */
  | { readonly kind: OwnRestart };

/** What starts the agent again after a restart. */
export type OwnRestart = "systemd" | "cron" | "task";

// names as truncated by the kernel, at 15 characters
const SYSTEMS_MANAGER = ["amazon-ssm-agen", "ssm-agent-worke", "ssm-document-wo", "ssm-session-wor"];

/**
 * Who restarts the machine. By default the caller if that is the Systems Manager agent, or if there is no init system that could,
 * as in most containers.
 */
export function whoRestarts(mode: RestartMode): RestartWay {
  if (mode === "caller") return { kind: "caller", reason: "as --restart asks" };
  // Windows does not tell whether the Systems Manager agent is among the ancestors
  if (IS_WINDOWS)
    return mode === "system" ? { kind: "task" } : { kind: "caller", reason: "the agent restarts Windows with --restart system" };
  const manager = ancestors().find((name) => SYSTEMS_MANAGER.includes(name));
  if (mode === "auto" && manager !== undefined) return { kind: "caller", reason: `${manager} has started it` };
  if (existsSync("/run/systemd/system")) return { kind: "systemd" };
  if (mode === "auto" && isContainer() && !hasInit()) return { kind: "caller", reason: "this is a container without an init system" };
  return { kind: "cron" };
}

/** The names of this process's ancestors, nearest first. */
function ancestors(): string[] {
  const names: string[] = [];
  for (let pid = process.ppid; pid > 1;) {
    const status = readText(`/proc/${pid}/status`);
    names.push(/^Name:\t(.*)$/m.exec(status)?.[1] ?? "");
    pid = Number(/^PPid:\t(\d+)$/m.exec(status)?.[1] ?? 0);
  }
  return names;
}

function isContainer(): boolean {
  return existsSync("/.dockerenv") || existsSync("/run/.containerenv") || /(^|\0)container=/.test(readText("/proc/1/environ"));
}

/** Whether process 1 is System V's init, which restarts even a container; it reads requests from a pipe. */
function hasInit(): boolean {
  return readText("/proc/1/comm") === "init\n" && ["/run/initctl", "/dev/initctl"].some((path) => existsSync(path));
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

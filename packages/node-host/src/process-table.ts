import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** A process on this machine. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** The id of its session's leader; undefined if the system does not show it. */
  readonly session: number | undefined;
  /** Its initial environment, `NAME=value` each; empty if the system does not show it. */
  readonly environment: readonly string[];
}

/** The running processes, without zombies. */
export async function readProcesses(): Promise<readonly ProcessRow[]> {
  const entries = await readdir("/proc").catch(() => undefined);
  if (entries === undefined) return readProcessesWithPs();
  const rows = await Promise.all(entries.filter((entry) => /^\d+$/.test(entry)).map(readRow));
  return rows.filter((row) => row !== undefined);
}

/** Reads a process from /proc; undefined if it has ended. Format: proc_pid_stat(5). */
async function readRow(pid: string): Promise<ProcessRow | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "latin1");
    // the name in parentheses may contain blanks and parentheses
    const [state, parent, , session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z" || state === "X") return undefined;
    const environment = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
    return { pid: Number(pid), parent: Number(parent), session: Number(session), environment: environment.split("\0") };
  } catch {
    return undefined;
  }
}

/** For systems without /proc, such as macOS. Not by `runProgram`, which needs this table to end a tree of processes. */
export async function readProcessesWithPs(): Promise<readonly ProcessRow[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,stat="], { maxBuffer: 64 * 1024 * 1024 }).catch(() => ({
    stdout: "",
  }));
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, state = "Z"] = /^\s*(\d+)\s+(\d+)\s+(\S+)/.exec(line) ?? [];
    return state.startsWith("Z") ? [] : [{ pid: Number(pid), parent: Number(parent), session: undefined, environment: [] }];
  });
}

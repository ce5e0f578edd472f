import { readdir, readFile } from "node:fs/promises";
import { collectOutput } from "./collect-output.js";
import { inheritedEnvironment } from "./inherited-environment.js";
import { IS_WINDOWS } from "./is-windows.js";
import { RunningProgram } from "./running-program.js";
import { startProcess } from "./start-process.js";

/** A process on this machine. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** As in `ProcessIdentity`, but empty without /proc. */
  readonly startTime: string;
  /** The id of its session's leader; undefined if the system does not show it. */
  readonly session: number | undefined;
  /** Its initial environment, `NAME=value` each; empty if the system does not show it. */
  readonly environment: readonly string[];
}

/** The running processes, without zombies. None on Windows, where `WindowsFamily` does without, and environments cannot be read. */
export async function readProcesses(): Promise<readonly ProcessRow[]> {
  if (IS_WINDOWS) return [];
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
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z" || state === "X") return undefined;
    const environment = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
    const [parent, , session] = fields.map(Number);
    return { pid: Number(pid), parent: parent ?? 0, startTime: fields[18] ?? "", session, environment: environment.split("\0") };
  } catch {
    return undefined;
  }
}

/** For systems without /proc, such as macOS. `ps` ends by itself: ending a tree of processes needs this table. */
export async function readProcessesWithPs(): Promise<readonly ProcessRow[]> {
  const ps = { file: "ps", arguments: ["-A", "-o", "pid=,ppid=,stat="], workingDirectory: "/", environment: inheritedEnvironment() };
  const { stdout } = await collectOutput((onOutput) => new RunningProgram(startProcess, ps, { onOutput }).end);
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, state = "Z"] = /^\s*(\d+)\s+(\d+)\s+(\S+)/.exec(line) ?? [];
    return state.startsWith("Z") ? [] : [{ pid: Number(pid), parent: Number(parent), startTime: "", session: undefined, environment: [] }];
  });
}

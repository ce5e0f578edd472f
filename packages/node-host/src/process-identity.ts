import { readFileSync } from "node:fs";
import { HAS_PROC } from "./has-proc.js";

/** A process, distinguished from later ones with the same id by its start time. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In the kernel's clock ticks since the machine started; empty if there is no /proc. */
  readonly startTime: string;
}

/** The identity of a process; undefined if no process has this id, or if it is a zombie. */
export function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  return Promise.resolve(HAS_PROC ? identifyByStat(pid) : identifyBySignal(pid));
}

function identifyByStat(pid: number): ProcessIdentity | undefined {
  const text = statOf(pid);
  if (text === undefined) return undefined;
  // the name in the second field may contain blanks and parentheses, so fields are counted from its end
  const [state, ...fields] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return state === "Z" || state === "X" ? undefined : { pid, startTime: fields[18] ?? "" };
}

/** The kernel has it in memory: a tenth of what a thread of its own would take, for those who ask many times a second. */
function statOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
}

/** For systems without /proc: all that can be known is whether a process with this id exists. */
function identifyBySignal(pid: number): ProcessIdentity | undefined {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    // EPERM: the process exists and belongs to another user
    if ((thrown as NodeJS.ErrnoException).code !== "EPERM") return undefined;
  }
  return { pid, startTime: "" };
}

/** Whether this process is still running. */
export async function isAlive({ pid, startTime }: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(pid);
  return now !== undefined && now.startTime === startTime;
}

import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import { HAS_PROC } from "./has-proc.js";
import { IS_WINDOWS } from "./is-windows.js";
import { startTimeWithPs } from "./start-time-with-ps.js";
import { creationTime } from "./windows/creation-time.js";

/** A process, distinguished from later ones with the same id by its start time. */
export interface ProcessIdentity {
  readonly pid: number;
  /**
   * Digits that are compared only: the kernel's clock ticks since the machine started, on Windows units of 100 ns since 1601, without
   * /proc seconds since 1970. Empty if the system does not tell it.
   */
  readonly startTime: string;
}

/** The identity of a process; undefined if no process has this id, or if it is a zombie. */
export function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  return HAS_PROC ? Promise.resolve(identifyByStat(pid)) : identifyBySignal(pid);
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

/** For systems without /proc. Windows has ended processes for as long as someone has them open; a signal does not find those. */
async function identifyBySignal(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    // EPERM: the process exists and belongs to another user
    if ((thrown as NodeJS.ErrnoException).code !== "EPERM") return undefined;
  }
  const startTime = IS_WINDOWS ? creationTime(pid) : await startTimeWithPs(pid);
  return { pid, startTime: String(startTime ?? "") };
}

/** Whether this process is still running. One whose start is not known, then or now, is taken for every process with its id. */
export async function isAlive({ pid, startTime }: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(pid);
  return now !== undefined && (startTime === "" || now.startTime === "" || now.startTime === startTime);
}

/** Whether a time, in milliseconds since 1970, is before this system was started, by the clock as it is now. */
export function isBeforeSystemStart(time: number): boolean {
  return time < new Date().getTime() - uptime() * 1000;
}

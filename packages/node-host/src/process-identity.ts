import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

const HAS_PROC = existsSync("/proc/self/stat");

/** A process, told apart from later ones that get the same number by the time at which it started. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In the kernel's clock ticks since the machine started; empty where there is no /proc. */
  readonly startTime: string;
}

/** The identity of a process; undefined where there is none of this number, or it has ended and only waits to be reaped. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (text === undefined) return HAS_PROC ? undefined : identifyBySignal(pid);
  // the name in the second field may have blanks and brackets, so fields are counted from its end
  const [state, ...fields] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return state === "Z" || state === "X" ? undefined : { pid, startTime: fields[18] ?? "" };
}

/** For systems without /proc: whether there is a process of this number is all that can be told. */
function identifyBySignal(pid: number): ProcessIdentity | undefined {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    // a process of another user
    if ((thrown as NodeJS.ErrnoException).code !== "EPERM") return undefined;
  }
  return { pid, startTime: "" };
}

/** Whether that very process still runs. */
export async function isAlive({ pid, startTime }: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(pid);
  return now !== undefined && now.startTime === startTime;
}

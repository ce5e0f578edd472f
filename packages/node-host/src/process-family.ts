import { readdir, readFile } from "node:fs/promises";

/** Every process that a command starts inherits this variable; daemons that leave the process group are found by it. */
export const FAMILY_VARIABLE = "IMAGEWRIGHT_FAMILY";

/** Sends a signal to a process group and, on systems with /proc, to every process that carries the family's mark. */
export async function killFamily(leader: number | undefined, family: string, signal: NodeJS.Signals): Promise<void> {
  if (leader !== undefined) send(-leader, signal);
  for (const pid of await membersOf(family)) send(pid, signal);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (thrown) {
    // it has ended meanwhile, which is what was wanted
    if ((thrown as NodeJS.ErrnoException).code !== "ESRCH") throw thrown;
  }
}

async function membersOf(family: string): Promise<number[]> {
  const entries = await readdir("/proc").catch(() => []);
  const mark = `${FAMILY_VARIABLE}=${family}`;
  const found: number[] = [];
  for (const entry of entries) {
    if (!/^\d+$/.test(entry)) continue;
    const environment = await readFile(`/proc/${entry}/environ`, "latin1").catch(() => "");
    if (environment.split("\0").includes(mark)) found.push(Number(entry));
  }
  return found;
}

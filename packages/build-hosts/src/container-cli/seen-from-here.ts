import { readFile, stat } from "node:fs/promises";
import type { Container } from "../engines/dialect.js";

/**
 * What the kernel says of a process of a container, through the view that the container's first process has of `/proc`. Undefined if it is
 * not there, or cannot be seen: the engine runs in a virtual machine, or this user must not look. No other container can be taken for it,
 * since its first process is known by the folder of this computer that it has mounted.
 */
export async function seeProcess(init: number, pid: string, { folders }: Container, jobsFolder: string): Promise<string | undefined> {
  const root = `/proc/${init}/root`;
  try {
    const [there, here] = await Promise.all([stat(root + jobsFolder), stat(folders.jobs)]);
    if (there.ino !== here.ino || there.dev !== here.dev) return undefined;
    return await readFile(`${root}/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
}

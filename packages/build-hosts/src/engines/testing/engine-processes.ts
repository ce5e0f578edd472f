import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { identifyProcess } from "@imagewright/node-host";
import type { EngineProcesses } from "../../contract/build-host-under-test.js";

/** The processes of this computer whose folder for temporary files, as the host has set it, is one of the given ones, or below it. */
export const engineProcesses: EngineProcesses = {
  writingTo,
  kill: async (folders) => {
    for (let users = writingTo(folders); users.length > 0; users = writingTo(folders)) await Promise.all(users.map(kill));
    // what they had started is on its way to its end by itself, and has no environment any more
    await Promise.all(folders.flatMap(locksIn).map(whenReleased));
  },
};

/** The namespaces of this process by their kind. */
export function namespacesHere(): Record<string, string> {
  return Object.fromEntries(readdirSync("/proc/self/ns").map((kind) => [kind, readlinkSync(`/proc/self/ns/${kind}`)]));
}

function writingTo(folders: readonly string[]): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
        return folders.some((folder) => environment.some((line) => line === `TMPDIR=${folder}` || line.startsWith(`TMPDIR=${folder}/`)));
      } catch {
        return false; // it is gone, or of another user
      }
    })
    .map(Number);
}

/** The locks of calls that outlive their process: see `withLastingFiles`. */
function locksIn(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.map((name) => join(folder, name, "lock")).filter((lock) => existsSync(lock));
}

/** Waits until nobody holds a lock; it may be removed meanwhile. */
async function whenReleased(lock: string): Promise<void> {
  await promisify(execFile)("flock", [lock, "true"]).catch(() => undefined);
}

/** Kills a process, if it still runs, and waits for its end: on its way there it has no environment any more, and still holds its locks. */
async function kill(pid: number): Promise<void> {
  try {
    process.kill(pid, "SIGKILL");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ESRCH") throw thrown;
  }
  while ((await identifyProcess(pid)) !== undefined) await sleep(1);
}

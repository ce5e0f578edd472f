import { readdir, readFile } from "node:fs/promises";
import { JOB_FILE } from "../../jobs/job-script.js";
import type { JobRef } from "../../port/refs.js";

/** Kills the script of a job of a container and all processes below it, found in the process table of this computer. */
export async function killJobOfContainer(job: JobRef): Promise<void> {
  const processes = await listProcesses();
  const script = processes.find(({ line }) => line.endsWith(`/${job.id}/${JOB_FILE.script}\0`) && line.startsWith("/bin/sh\0"));
  if (script === undefined) throw new Error(`no process runs the script of ${job.id}`);
  const doomed = [script.pid];
  for (const parent of doomed) doomed.push(...processes.filter(({ parentPid }) => parentPid === parent).map(({ pid }) => pid));
  for (const pid of doomed) kill(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (thrown) {
    // a short command of the job has ended meanwhile
    if ((thrown as NodeJS.ErrnoException).code !== "ESRCH") throw thrown;
  }
}

async function listProcesses(): Promise<{ readonly pid: number; readonly parentPid: number; readonly line: string }[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
      const parentPid = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      return { pid: Number(pid), parentPid, line: await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "") };
    }),
  );
}

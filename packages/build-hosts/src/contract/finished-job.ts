import { randomUUID } from "node:crypto";
import type { BuildHost } from "../port/build-host.js";
import { followJob } from "../port/follow-job.js";
import { jobFolder } from "../port/job-folder.js";
import { START, type JobCursor, type JobSpec, type JobState } from "../port/job.js";
import type { JobRef, MachineRef } from "../port/refs.js";

/** A job's end, with all that it has said since the cursor. */
export interface FinishedJob {
  readonly state: JobState;
  readonly stdout: string;
  readonly stderr: string;
  readonly eventLines: readonly string[];
}

/** Reads a job to its end. */
export async function readWhole(host: Pick<BuildHost, "readJob">, job: JobRef, cursor: JobCursor = START): Promise<FinishedJob> {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const eventLines: string[] = [];
  const state = await followJob(host, job, {
    cursor,
    onReading: (reading) => {
      out.push(reading.stdout);
      err.push(reading.stderr);
      for (const line of reading.eventLines) eventLines.push(line);
    },
  });
  return { state, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), eventLines };
}

/** Starts a shell script; its first parameter is the job's folder. */
export function startScript(
  host: Pick<BuildHost, "startJob">,
  machine: MachineRef,
  script: string,
  token: string,
  job: Partial<JobSpec> = {},
): Promise<JobRef> {
  return host.startJob(machine, { ...job, command: ["sh", "-c", script, "sh", jobFolder(machine, token)] }, token);
}

export function newToken(): string {
  return randomUUID();
}

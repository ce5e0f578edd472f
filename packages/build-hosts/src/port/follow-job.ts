import { setTimeout as sleep } from "node:timers/promises";
import type { BuildHost } from "./build-host.js";
import { START, type JobCursor, type JobReading, type JobState } from "./job.js";
import type { JobRef } from "./refs.js";

const POLL_MILLISECONDS = 20;

export interface FollowOptions {
  /** Where to go on; the job's beginning by default. */
  readonly cursor?: JobCursor | undefined;
  /** Called with each reading that has something new, in order. `reading.cursor` is where another process would go on after it. */
  readonly onReading: (reading: JobReading) => void | Promise<void>;
  /** Ends the following, with its reason. The job goes on: `cancelJob` ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** Reads a job to its end: what it writes is passed on at most some 50 ms later. Returns its final state. */
export async function followJob(
  host: Pick<BuildHost, "readJob">,
  job: JobRef,
  { cursor = START, onReading, signal }: FollowOptions,
): Promise<Exclude<JobState, { kind: "running" }>> {
  for (let next = cursor; ;) {
    signal?.throwIfAborted();
    const reading = await host.readJob(job, next);
    next = reading.cursor;
    if (reading.eventLines.length + reading.stdout.length + reading.stderr.length > 0) await onReading(reading);
    if (reading.more) continue;
    if (reading.state.kind !== "running") return reading.state;
    await sleep(POLL_MILLISECONDS, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}

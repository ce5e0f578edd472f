import { followJob, type BuildHost, type JobSpec, type MachineRef } from "@imagewright/build-hosts";
import { escapeOutput } from "@imagewright/diagnostics";
import type { StepContext } from "@imagewright/durability";
import { stepActionError } from "../errors.js";
import { HeadOfText } from "./head-of-text.js";
import { leavesJobs } from "./leaves-jobs.js";

/** How a job has ended that ran to its end. */
export interface JobEnd {
  readonly exitCode: number;
  /** What it has printed, up to the limit. It comes from a stranger. */
  readonly stdout: string;
  /** The end of all that it has printed, for messages: on one line, without control characters. */
  readonly lastWords: string;
}

export interface JobToRun {
  readonly machine: MachineRef;
  readonly spec: JobSpec;
  /** What it is in messages, such as `the clean-up`. */
  readonly what: string;
  /** How much of its standard output is returned, in bytes. */
  readonly mostBytes: number;
}

/** How much of a job's last output a message shows, in characters. */
const LAST_WORDS = 2000;

/**
 * Runs a job to its end, or follows the one that an earlier process has started with this token. The job ends with the signal, and when
 * it cannot be followed, unless another process works on the execution, or will. Errors: job-lost.
 */
export async function runJob(
  host: Pick<BuildHost, "startJob" | "readJob" | "cancelJob">,
  { machine, spec, what, mostBytes }: JobToRun,
  { token, signal }: StepContext,
): Promise<JobEnd> {
  const job = await host.startJob(machine, spec, token);
  const printed = new HeadOfText(mostBytes);
  let last = "";
  try {
    const state = await followJob(host, job, {
      signal,
      onReading: ({ stdout, stderr }) => {
        printed.add(stdout);
        last = `${last}${Buffer.concat([stdout, stderr]).toString()}`.slice(-LAST_WORDS);
      },
    });
    if (state.kind !== "exited")
      throw stepActionError("job-lost", { what, end: state.kind === "cancelled" ? "was ended from outside" : "is gone" });
    return { exitCode: state.exitCode, stdout: printed.text, lastWords: oneLine(last) };
  } catch (thrown) {
    if (!leavesJobs(signal)) await host.cancelJob(job).catch(() => undefined);
    throw thrown;
  }
}

function oneLine(text: string): string {
  return text
    .trim()
    .split(/\s*\r?\n\s*/)
    .map(escapeOutput)
    .join(" | ");
}

import { jobCalls, LIMITS } from "./job-calls.js";
import { unbindFromRuntime } from "./runtime-job.js";

const ENDED = 1;

/**
 * A command with all that it starts, whether its parents still run or not, except what it starts expressly outside. They end with this
 * process, however that ends, as long as the job is held.
 */
export interface CommandJob {
  /** Ends all of them at once. */
  end(): void;
  /** Lets go of those that run: they go on, also after this process has ended. */
  release(): void;
}

/** Puts a process that has just been started into a job. Undefined where Windows has none for it. */
export function holdInJob(pid: number): CommandJob | undefined {
  if (jobCalls === undefined) return undefined;
  const calls = jobCalls;
  const process = calls.open(pid);
  if (process === 0n) return undefined;
  const job = calls.create();
  const close = () => [job, process].filter((handle) => handle !== 0n).forEach(calls.close);
  // in this order: what it starts first has to be in the job, too
  if (job === 0n || !calls.assign(job, process) || !calls.limit(job, LIMITS.killOnClose | LIMITS.breakawayOnRequest)) {
    close();
    return undefined;
  }
  return {
    end: () => void calls.terminate(job, ENDED),
    release: () => {
      if (calls.running(job) > 0) {
        unbindFromRuntime(process, job);
        calls.limit(job, LIMITS.none);
      }
      close();
    },
  };
}

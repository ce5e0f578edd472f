/** The content of `result.json`: the run has ended, and how. */
export interface JobResult {
  readonly protocol: string;
  readonly summary: JobSummary;
}

/** The summary of a run, as the agent also prints it. */
export interface JobSummary {
  readonly executionId: string;
  readonly status: "success" | "failed";
  readonly failedStepCount: number;
  readonly executedStepCount: number;
  readonly ignoredFailedStepCount: number;
  readonly failureMessage: string;
  /** The log folder on the machine of the job; empty if nothing was run. */
  readonly logUrl: string;
}

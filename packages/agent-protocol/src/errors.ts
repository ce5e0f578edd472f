import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** The errors of writing and reading a job. */
export const protocolError = errorTable("agent-protocol", {
  "job-folder-refused": errorRow("forbidden", ({ path, reason }: { path: string; reason: string }) => ({
    message: `the job folder ${quote(path)} cannot be used: ${reason}`,
    hints: ["give a folder that belongs to the user of this process and that only this user can write"],
  })),
  "job-has-run": errorRow("conflict", ({ path, executionId }: { path: string; executionId: string }) => ({
    message: `the job folder ${quote(path)} has the events of run ${quote(executionId)} already`,
    hints: ["give each run a job folder of its own, or continue that run with --resume"],
  })),
  "job-not-written": errorRow("unavailable", ({ path, cause }: { path: string; cause: string }) => ({
    message: `${quote(path)} of the job cannot be written: ${cause}`,
  })),
  "other-protocol": errorRow("failed", ({ found, supported }: { found: string; supported: string }) => ({
    message: `the job speaks version ${found} of the agent's protocol, and this program understands ${supported}`,
    hints: ["use the agent that was released with this program"],
  })),
});

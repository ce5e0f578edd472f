import { errorRow, errorTable } from "@imagewright/diagnostics";

/** The errors of step actions besides those of the host. */
export const stepActionError = errorTable("step-actions", {
  "agent-failed": errorRow("failed", ({ end, output }: { end: string; output: string }) => ({
    message: `the agent in the container ${end}${output === "" ? "" : `: ${output}`}`,
  })),
  "clean-up-failed": errorRow("failed", ({ output }: { output: string }) => ({ message: `the clean-up of the image failed: ${output}` })),
});

import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** The errors of a build besides those of the host. */
export const buildError = errorTable("image-build", {
  "recipe-not-found": errorRow("not-found", ({ path }: { path: string }) => ({
    message: `no recipe at ${quote(path)}`,
    hints: ["check the path; relative paths start at the current folder"],
  })),
  "recipe-not-readable": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the recipe ${quote(path)} cannot be read: ${cause}`,
  })),
  "agent-not-found": errorRow("unavailable", ({ path }: { path: string }) => ({
    message: `no packed agent at ${quote(path)}`,
    hints: ["build it with: pnpm --filter @imagewright/agent build"],
  })),
  "agent-failed": errorRow("failed", ({ exitCode, output }: { exitCode: number; output: string }) => ({
    message: `the agent in the container exited with code ${exitCode} without a result${output === "" ? "" : `: ${output}`}`,
  })),
  "clean-up-failed": errorRow("failed", ({ output }: { output: string }) => ({ message: `the clean-up of the image failed: ${output}` })),
  cancelled: errorRow("failed", (_: object) => ({ message: "the build was cancelled" })),
  "store-not-writable": errorRow("unavailable", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the image store ${quote(path)} cannot be written: ${cause}`,
    hints: ["set the environment variable IMAGEWRIGHT_HOME to another folder"],
  })),
});

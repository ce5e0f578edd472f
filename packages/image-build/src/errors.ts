import { errorRow, errorTable, quote, shellWord } from "@imagewright/diagnostics";

/** The errors of a build besides those of the host. */
export const buildError = errorTable("image-build", {
  "agent-not-found": errorRow("unavailable", ({ path }: { path: string }) => ({
    message: `no packed agent at ${quote(path)}`,
    hints: ["install it with: npm install --include=optional", "in a clone, build it with: pnpm --filter @imagewright/agent build"],
  })),
  "build-unknown": errorRow("not-found", ({ build, nearest }: { build: string; nearest: string | undefined }) => ({
    message: `no build ${quote(build)}${nearest === undefined ? "" : `; did you mean ${quote(nearest)}?`}`,
    hints: ["list what can be resumed with: ib build --resume"],
  })),
  "build-ended": errorRow("conflict", ({ build, end }: { build: string; end: string }) => ({
    message: `build ${quote(build)} cannot be resumed or discarded: ${end}`,
  })),
  "build-kept": errorRow("conflict", ({ build, end }: { build: string; end: string }) => ({
    message: `build ${quote(build)} cannot be resumed: ${end}`,
    hints: [`its container is kept; remove it with: ib build discard ${build}`],
  })),
  "build-in-use": errorRow(
    "in-use",
    ({ build, pid, hostName }: { build: string; pid: number | undefined; hostName: string | undefined }) => ({
      message: `build ${quote(build)} is in progress in process ${pid ?? "unknown"}${hostName === undefined ? "" : ` on ${hostName}`}`,
      hints: ["wait until it has ended", ...(pid === undefined ? [] : [`or cancel it: kill ${pid}`])],
    }),
  ),
  "build-not-readable": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the stored build ${quote(path)} cannot be used: ${cause}`,
    hints: ["the build cannot be resumed; discard it, and start it again"],
  })),
  "owner-not-readable": errorRow("failed", ({ owner, path, cause }: { owner: string; path: string; cause: string }) => ({
    message: `the note ${quote(path)} about what has machines and images cannot be used: ${cause}`,
    hints: [`once ${owner} does not go on any more: rm ${shellWord(path)}`],
  })),
  "workflow-not-runnable": errorRow("invalid", ({ name, faults }: { name: string; faults: string }) => ({
    message: `the workflow ${quote(name)} cannot be run by this version: ${faults}`,
  })),
  "no-image-created": errorRow("invalid", ({ workflow }: { workflow: string }) => ({
    message: `the workflow ${quote(workflow)} has made no image: no step CreateImage has run`,
    hints: ["let a step with the action CreateImage run before the instance is terminated"],
  })),
  "name-lost": errorRow("conflict", ({ tag }: { tag: string }) => ({
    message: `the image cannot be named ${quote(tag)}: another image has got this name since the build started`,
  })),
  "number-taken": errorRow(
    "conflict",
    ({ name, version, buildVersion, folder }: { name: string; version: string; buildVersion: number; folder: string }) => ({
      message: `the number ${buildVersion} of ${quote(name)} ${version} is taken by another build: ${quote(folder)}`,
    }),
  ),
  cancelled: errorRow("failed", (_: object) => ({ message: "the build was cancelled" })),
  "store-not-writable": errorRow("unavailable", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the image store ${quote(path)} cannot be written: ${cause}`,
    hints: ["set the environment variable IMAGEWRIGHT_HOME to another folder"],
  })),
});

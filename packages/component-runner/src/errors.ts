import { count, errorRow, errorTable, escapeControls, listOf, quote } from "@imagewright/diagnostics";
import type { RefusedPath } from "@imagewright/node-host";

/** A file and its expected kind. */
export interface LocalFile {
  readonly path: string;
  readonly what: string;
}

/** A path as a quotation that is not cut short: it has to be found. */
function inFull(path: string): string {
  return escapeControls(JSON.stringify(path));
}

/** The errors before a run starts or after it has ended. */
export const runnerError = errorTable("component-runner", {
  "document-not-found": errorRow("not-found", ({ path, what }: LocalFile) => ({
    message: `no ${what} at ${quote(path)}`,
    hints: ["check the path; relative paths start at the current folder"],
  })),
  "document-not-readable": errorRow("failed", ({ path, what, cause }: LocalFile & { cause: string }) => ({
    message: `the ${what} ${quote(path)} cannot be read: ${cause}`,
  })),
  "document-too-large": errorRow("limit", ({ path, what, bytes, limit }: LocalFile & { bytes: number; limit: number }) => ({
    message: `the ${what} ${quote(path)} has ${bytes} bytes; at most ${limit} are allowed`,
  })),
  "document-not-text": errorRow("invalid", ({ path, what, found }: LocalFile & { found: string }) => ({
    message: `the ${what} ${quote(path)} is not UTF-8 text: ${found}`,
    hints: ["save it as UTF-8"],
  })),
  "folder-not-readable": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the folder ${quote(path)} cannot be read: ${cause}`,
  })),
  "no-document-in-folder": errorRow("not-found", ({ path, skipped }: { path: string; skipped: number }) => ({
    message: `no component document in the folder ${quote(path)}${skipped === 0 ? "" : `; ${count(skipped, "file")} skipped`}`,
    hints: ["documents are in files that end in .yaml, .yml or .json; name one to see what is wrong with it"],
  })),
  "log-folder-not-made": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the log folder ${inFull(path)} cannot be made: ${cause}`,
    hints: ["name another folder with --log-directory"],
  })),
  "log-folder-refused": errorRow("forbidden", ({ path, reason }: RefusedPath) => ({
    message: `the log folder ${inFull(path)} is not used: ${reason}`,
    hints: ["if it is the run's own, make it yours: chown and chmod go-w, then resume the run; a new run can have another --log-directory"],
  })),
  "log-not-written": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the log ${inFull(path)} cannot be written: ${cause}`,
  })),
  "state-exists": errorRow("conflict", ({ executionId, folder }: { executionId: string; folder: string }) => ({
    message: `the run ${quote(executionId)} has been started before and has not ended; its state is in ${inFull(folder)}`,
    hints: [`continue it with: --resume ${executionId}`, "or use another --execution-id"],
  })),
  "state-not-found": errorRow(
    "not-found",
    ({ executionId, folder, known }: { executionId: string; folder: string; known: readonly string[] }) => ({
      message: `no interrupted run ${quote(executionId)}: ${inFull(folder)} does not exist`,
      hints: [
        known.length === 0
          ? "no run can be resumed here; name another folder with --state-directory"
          : `these can be resumed: ${listOf(known, "and")}`,
      ],
    }),
  ),
  "state-in-use": errorRow("in-use", ({ executionId, pid }: { executionId: string; pid: number | undefined }) => ({
    message: `the run ${quote(executionId)} is in progress in ${pid === undefined ? "another process" : `process ${pid}`}`,
  })),
  "state-not-written": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the state of the run cannot be written to ${inFull(path)}: ${cause}`,
    hints: ["name another folder with --state-directory"],
  })),
  "state-refused": errorRow("forbidden", ({ path, reason }: RefusedPath) => ({
    message: `the state of the run is not taken from ${inFull(path)}: ${reason}`,
    hints: ["name a folder of your own with --state-directory: nobody else may write to it, nor replace it; a missing one is made"],
  })),
  "state-not-readable": errorRow("failed", ({ path, cause, folder }: { path: string; cause: string; folder?: string }) => ({
    message: `the state of the run cannot be read from ${inFull(path)}: ${cause}`,
    hints:
      folder === undefined
        ? []
        : ["no step has run; the log folder of the run says what it had done", `remove ${inFull(folder)} to begin the run again`],
  })),
});

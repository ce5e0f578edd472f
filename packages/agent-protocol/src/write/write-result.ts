import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeCause, escapeControls, safeJson } from "@imagewright/diagnostics";
import { protocolError } from "../errors.js";
import { RESULT_FILE } from "../job-files.js";
import type { JobResult, JobSummary } from "../job-result.js";
import { LONGEST_MESSAGE } from "../limits.js";
import { PROTOCOL } from "../protocol.js";
import { openJobFolder } from "./job-folder.js";

/** Writes the result of a job: whole or not at all. Errors: job-folder-refused, job-not-written. */
export function writeResult(folder: string, summary: JobSummary): void {
  openJobFolder(folder);
  const path = join(folder, RESULT_FILE);
  const draft = `${path}.draft`;
  const { failureMessage, logUrl, executionId } = summary;
  const bounded = { failureMessage: failureMessage.slice(0, LONGEST_MESSAGE), logUrl: escapeControls(logUrl), executionId };
  try {
    rmSync(draft, { force: true });
    const descriptor = openSync(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      writeFileSync(
        descriptor,
        `${safeJson({ protocol: PROTOCOL, summary: { ...summary, ...bounded } } satisfies JobResult).toString()}\n`,
      );
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, path);
  } catch (thrown) {
    throw protocolError("job-not-written", { path, cause: describeCause(thrown) }, { cause: thrown });
  }
}

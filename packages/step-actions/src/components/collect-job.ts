import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  COLLECT_LIMITS,
  isLogFile,
  LARGEST_RESULT,
  LOGS_FOLDER,
  readResult,
  RESULT_FILE,
  protocolError,
  type JobSummary,
} from "@imagewright/agent-protocol";
import { STAND_INS_FILE, type JobRef } from "@imagewright/build-hosts";
import { escapeControls } from "@imagewright/diagnostics";
import { withScratchFolder } from "@imagewright/node-host";
import type { ComponentsParts } from "./components-parts.js";

/** Brings out the agent's logs, and says what was left out. */
export async function collectLogs({ host, logs, onNotice }: Omit<ComponentsParts, "onEvent" | "standIns">, job: JobRef): Promise<void> {
  const { leftOut } = await host.collect(job, { folder: logs, from: LOGS_FOLDER, accepts: isLogFile, limits: COLLECT_LIMITS });
  const [first] = leftOut;
  if (first === undefined) return;
  const others = leftOut.length === 1 ? "" : `, and ${leftOut.length - 1} more`;
  onNotice(`left out of the logs: ${escapeControls(first.path)} (${first.reason.replaceAll("-", " ")})${others}`);
}

/** The programs for which scripts stand in, since the job's image lacks them. */
export function lackingPrograms(host: ComponentsParts["host"], job: JobRef): Promise<readonly string[]> {
  return withScratchFolder({ purpose: "stand-ins" }, async (folder) => {
    const { files } = await host.collect(job, {
      ...{ folder, from: ".", accepts: (path) => path === STAND_INS_FILE },
      limits: { fileBytes: 4096, totalBytes: 4096, files: 1 },
    });
    return files.length === 0 ? [] : (await readFile(join(folder, STAND_INS_FILE), "utf8")).split("\n").filter((name) => name !== "");
  });
}

/** The agent's result, or why there is none. Errors: other-protocol. */
export function collectResult(host: ComponentsParts["host"], job: JobRef): Promise<JobSummary | { readonly fault: string }> {
  return withScratchFolder({ purpose: "result" }, async (folder) => {
    const limits = { ...COLLECT_LIMITS, fileBytes: LARGEST_RESULT, totalBytes: LARGEST_RESULT };
    const { files } = await host.collect(job, { folder, from: ".", accepts: (path) => path === RESULT_FILE, limits });
    if (files.length === 0) return { fault: "without a result" };
    const read = readResult(await readFile(join(folder, RESULT_FILE), "utf8"));
    if (read.kind === "other-protocol") throw protocolError("other-protocol", { ...read.otherProtocol });
    return read.kind === "result" ? read.result.summary : { fault: `with a result that is not its own: ${read.fault}` };
  });
}

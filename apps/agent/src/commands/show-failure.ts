import { failedSteps, renderFailedStep } from "@imagewright/component-runner";
import { joinSafe, safe } from "@imagewright/diagnostics";
import type { RunResult } from "@imagewright/document-engine";
import type { Terminal } from "../terminal.js";

/** Shows which steps ended a run, and where its logs are. */
export function showFailure(result: RunResult, logFolder: string, { err, color }: Terminal, raw: boolean): void {
  const steps = failedSteps(result).map((step) => renderFailedStep(step, { color, raw }));
  err(safe`${joinSafe(steps, "\n")}  logs: ${logFolder}\n`);
}

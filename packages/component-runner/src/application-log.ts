import { escapeControls } from "@imagewright/diagnostics";
import type { RunEvent } from "@imagewright/document-engine";
import type { LogWriter } from "./console-log.js";
import { logTime } from "./times.js";

/**
 * Converts the events of a run to the lines of application.log: what the agent itself does, without the output of commands. An event is one
 * line, whatever its names and messages contain.
 */
export class ApplicationLog {
  constructor(private readonly write: LogWriter) {}

  debug(time: number, text: string): void {
    this.write(`${logTime(time)} Debug ${escapeControls(text)}\n`);
  }

  take(event: RunEvent): void {
    const text = describe(event);
    if (text !== undefined) this.debug(event.time, text);
  }
}

function describe(event: RunEvent): string | undefined {
  switch (event.type) {
    case "run-started":
      return `execution ${event.executionId} starts with ${event.documents.join(", ")}`;
    case "run-resumed":
      return `execution ${event.executionId} continues`;
    case "restart-finished":
      return `step ${event.phase}.${event.step} continues after the restart`;
    case "restart-requested":
      return `step ${event.phase}.${event.step} asks for a restart in ${event.delaySeconds} s`;
    case "condition-evaluated":
      return `step ${event.phase}.${event.step} condition is ${event.condition.value} (${event.condition.explanation}), so ${event.condition.decision}`;
    case "iteration-started":
      return `step ${event.phase}.${event.step} iteration ${event.index} starts with ${JSON.stringify(event.value)}`;
    case "document-started":
      return `document ${event.document} starts`;
    case "phase-started":
      return `phase ${event.phase} starts with ${event.steps} steps`;
    case "step-started":
      return `step ${event.phase}.${event.step} starts action ${event.action}`;
    case "attempt-finished":
      return `step ${event.phase}.${event.step} attempt ${event.attempt} ended${event.exitCode === undefined ? "" : ` with exit code ${event.exitCode}`}${event.failureMessage === "" ? "" : `: ${event.failureMessage}`}`;
    case "step-finished":
      return `step ${event.phase}.${event.step} is ${event.result.status} (${event.result.outcome}) after ${event.result.endTime - event.result.startTime} ms`;
    case "phase-finished":
      return `phase ${event.phase} is ${event.status}`;
    case "document-finished":
      return `document ${event.document} is ${event.status}`;
    case "run-finished":
      return `execution ${event.executionId} is ${event.status}${event.cancelled ? ", cancelled" : ""}`;
    case "step-recalled":
    case "attempt-recalled":
    case "step-output":
    case "step-log":
      return undefined;
  }
}

import { randomUUID } from "node:crypto";
import { runComponents, toAgentEvents, type RunSummary } from "@imagewright/component-runner";
import { ibError } from "../errors.js";
import { summaryOf } from "@imagewright/document-engine";
import { runContext } from "./run-context.js";
import { RunScreen } from "./run-screen.js";
import type { CommandRun } from "./run-request.js";

/** Runs documents on this machine, with this process's environment and current folder. */
export async function runHere(request: CommandRun): Promise<RunSummary> {
  const { documents, phases, logs, configuration, signal } = request;
  const screen = new RunScreen(documents, request);
  try {
    const { outcome, logFolder } = await runComponents({
      executionId: randomUUID(),
      documents,
      phases,
      logDirectory: logs.directory,
      ...runContext(configuration, signal),
      signal,
      onEvent: toAgentEvents((event) => screen.take(event)),
    });
    const delivered = await logs.deliver(logFolder);
    if (outcome.status === "failed" && outcome.cancelled) {
      screen.showFailedSteps();
      throw ibError("cancelled", { logs: delivered });
    }
    if (outcome.status === "restart") throw ibError("restart-refused", { step: outcome.place.step });
    const summary = summaryOf(outcome, delivered);
    screen.finish(summary);
    return summary;
  } finally {
    screen.close();
  }
}

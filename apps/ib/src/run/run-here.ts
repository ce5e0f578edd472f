import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { runComponents, summarize, type RunSummary } from "@imagewright/component-runner";
import type { RunEvent } from "@imagewright/document-engine";
import { createNodeHost } from "@imagewright/node-host";
import { dataFolder } from "../cli/surroundings.js";
import { registry } from "../registry.js";
import { RunScreen } from "./run-screen.js";
import type { RunRequest } from "./run-request.js";

/** Runs documents on this machine, with this process's environment and current folder. */
export async function runHere({ documents, phases, logDirectory, signal, color, say }: RunRequest): Promise<RunSummary> {
  const screen = new RunScreen(documents, color, say);
  try {
    const { result, logFolder } = await runComponents({
      executionId: randomUUID(),
      documents,
      phases,
      logDirectory: logDirectory ?? join(dataFolder(), "logs"),
      registry,
      host: createNodeHost(),
      workingDirectory: process.cwd(),
      environment: Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
      signal,
      onEvent: (event: RunEvent) => screen.take(event),
    });
    const summary = summarize(result, logFolder);
    screen.finish(summary);
    return summary;
  } finally {
    screen.close();
  }
}

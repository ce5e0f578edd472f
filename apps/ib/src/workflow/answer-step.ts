import type { Configuration } from "@imagewright/configuration";
import { safe, type SafeText } from "@imagewright/diagnostics";
import { buildsAndRuns } from "@imagewright/image-build";
import { answerWaitOf, listWaits, type WaitAnswer, type WaitingStep } from "@imagewright/step-actions";
import { buildFolders } from "../cli/open-build-host.js";
import { renderTable } from "../render/table.js";

/** Answers the step of this name or id in whatever build or run it waits. Errors: step-not-waiting, step-ambiguous, step-answered. */
export async function answerStep(configuration: Configuration, step: string, answer: WaitAnswer): Promise<WaitingStep> {
  return answerWaitOf(await buildsAndRuns(buildFolders(configuration)), step, answer);
}

/** The steps that wait for an answer: the longest waiting one of each build first. */
export async function waitingSteps(configuration: Configuration): Promise<readonly WaitingStep[]> {
  const builds = await buildsAndRuns(buildFolders(configuration));
  return (await Promise.all(builds.map(({ folder }) => listWaits(folder)))).flat();
}

export function renderWaits(waits: readonly WaitingStep[]): SafeText {
  if (waits.length === 0) return safe`no step waits for an answer`;
  const rows = waits.map(({ stepName, stepExecutionId, workflowType, since, payload = "" }) => [
    ...[stepName, stepExecutionId, workflowType, since, payload],
  ]);
  return renderTable(["STEP", "ID", "WORKFLOW", "SINCE", "MESSAGE"], rows);
}

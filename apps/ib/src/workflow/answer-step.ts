import type { Configuration } from "@imagewright/configuration";
import { quote, safe, type SafeText } from "@imagewright/diagnostics";
import { buildsAndRuns, isDeserted, type BuildOrRun } from "@imagewright/image-build";
import { answerWaitOf, unansweredWaits, type WaitAnswer, type WaitingStep, type WaitOf } from "@imagewright/step-actions";
import { buildFolders } from "../cli/open-build-host.js";
import type { Say } from "../cli/terminal.js";
import { renderTable } from "../render/table.js";
import { asTyped } from "../sudo/as-typed.js";

/** A step that waits for an answer, in the form of `--json`. */
export interface ListedWait extends WaitingStep {
  /** The id of the build or of the run. */
  readonly build: string;
}

const DONE = { RESUME: "resumed", STOP: "stopped" } as const;

/**
 * Answers the step of this name or id in whatever build or run it waits, and says so, and how a build goes on that no process works on.
 * Errors: step-not-waiting, step-ambiguous, step-answered.
 */
export async function answerStep(configuration: Configuration, step: string, answer: WaitAnswer, say: Say): Promise<ListedWait> {
  const found = await answerWaitOf(await buildsAndRuns(buildFolders(configuration)), step, answer);
  const { build, waiting } = found;
  say(safe`${DONE[answer.action]} step ${quote(waiting.stepName)}\n`);
  if (build.kind === "build" && (await isDeserted(build.folder, build.id)))
    say(safe`no process works on build ${build.id}; go on with it: ${asTyped(`ib build --resume ${build.id}`)}\n`);
  return listed(found);
}

/** The steps that wait for an answer: the longest waiting one of each build first. */
export async function waitingSteps(configuration: Configuration): Promise<readonly ListedWait[]> {
  return (await unansweredWaits(await buildsAndRuns(buildFolders(configuration)))).map(listed);
}

export function renderWaits(waits: readonly ListedWait[]): SafeText {
  if (waits.length === 0) return safe`no step waits for an answer`;
  const rows = waits.map(({ stepName, stepExecutionId, build, workflowType, since, payload = "" }) => [
    ...[stepName, stepExecutionId, build, workflowType, since, payload],
  ]);
  return renderTable(["STEP", "ID", "BUILD", "WORKFLOW", "SINCE", "MESSAGE"], rows);
}

function listed({ build, waiting }: WaitOf<BuildOrRun>): ListedWait {
  return { ...waiting, build: build.id };
}

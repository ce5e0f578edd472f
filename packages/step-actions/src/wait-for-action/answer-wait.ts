import { send } from "@imagewright/durability";
import { stepActionError } from "../errors.js";
import { listWaits, type WaitingStep } from "./waiting-step.js";

/** What is decided about a waiting step. */
export interface WaitAnswer {
  readonly action: "RESUME" | "STOP";
  readonly reason?: string | undefined;
}

/** A build whose steps may wait. */
export interface WaitingBuild {
  readonly folder: string;
  /** The file of its journal. */
  readonly journal: string;
}

/** The key of the message that answers a step. */
export function answerKey({ stepExecutionId }: Pick<WaitingStep, "stepExecutionId">): string {
  return `answer of ${stepExecutionId}`;
}

/**
 * Answers a step of a build, named by its id or its name, whether or not a process works on the build. Of several answers the first stands.
 * Errors: step-not-waiting, step-ambiguous, step-answered.
 */
export function answerWait(build: WaitingBuild, step: string, answer: WaitAnswer): Promise<WaitingStep> {
  return answerWaitOf([build], step, answer);
}

/** The same for the one of several builds that has the step. */
export async function answerWaitOf(builds: readonly WaitingBuild[], step: string, answer: WaitAnswer): Promise<WaitingStep> {
  const ofBuilds = await Promise.all(builds.map(async (build) => (await listWaits(build.folder)).map((waiting) => ({ build, waiting }))));
  const waits = ofBuilds.flat();
  const [found, ...others] = waits.filter(({ waiting }) => [waiting.stepExecutionId, waiting.stepName].includes(step));
  if (found === undefined) throw stepActionError("step-not-waiting", { step, waiting: waits.map(({ waiting }) => waiting.stepName) });
  if (others.length > 0)
    throw stepActionError("step-ambiguous", { step, ids: [found, ...others].map(({ waiting }) => waiting.stepExecutionId) });
  const { action, reason } = answer;
  const isFirst = await send(found.build.journal, answerKey(found.waiting), { action, ...(reason !== undefined && { reason }) });
  if (!isFirst) throw stepActionError("step-answered", { step });
  return found.waiting;
}

import { readMessage, send } from "@imagewright/durability";
import { stepActionError } from "../errors.js";
import { listWaits, readWaits, type WaitingStep } from "./waiting-step.js";

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

/** A step that waits, with the build that has it. */
export interface WaitOf<Build extends WaitingBuild> {
  readonly build: Build;
  readonly waiting: WaitingStep;
}

/**
 * Answers a step of a build, named by its id or its name, whether or not a process works on the build. Of several answers the first stands.
 * Errors: step-not-waiting, step-ambiguous, step-answered; wait-not-readable, if it may be one whose record is damaged.
 */
export async function answerWait(build: WaitingBuild, step: string, answer: WaitAnswer): Promise<WaitingStep> {
  return (await answerWaitOf([build], step, answer)).waiting;
}

/** The same for the one of several builds that has the step. */
export async function answerWaitOf<Build extends WaitingBuild>(
  builds: readonly Build[],
  step: string,
  answer: WaitAnswer,
): Promise<WaitOf<Build>> {
  const waits = await waitsOf(builds);
  const [found, ...others] = waits.filter(({ waiting }) => [waiting.stepExecutionId, waiting.stepName].includes(step));
  if (found === undefined)
    for (const { folder } of builds)
      // it may be the step that was named
      for (const { fault } of (await readWaits(folder)).damaged) throw fault;
  if (found === undefined) throw stepActionError("step-not-waiting", { step, waiting: waits.map(({ waiting }) => waiting.stepName) });
  if (others.length > 0)
    throw stepActionError("step-ambiguous", { step, ids: [found, ...others].map(({ waiting }) => waiting.stepExecutionId) });
  const { action, reason } = answer;
  const isFirst = await send(found.build.journal, answerKey(found.waiting), { action, ...(reason !== undefined && { reason }) });
  if (!isFirst) throw stepActionError("step-answered", { step });
  return found;
}

/** The steps of several builds that wait for an answer; without those that have one, and whose build no process has continued since. */
export async function unansweredWaits<Build extends WaitingBuild>(builds: readonly Build[]): Promise<readonly WaitOf<Build>[]> {
  return (await waitsOf(builds)).filter(({ build, waiting }) => readMessage(build.journal, answerKey(waiting)) === undefined);
}

async function waitsOf<Build extends WaitingBuild>(builds: readonly Build[]): Promise<readonly WaitOf<Build>[]> {
  const ofBuilds = await Promise.all(builds.map(async (build) => (await listWaits(build.folder)).map((waiting) => ({ build, waiting }))));
  return ofBuilds.flat();
}

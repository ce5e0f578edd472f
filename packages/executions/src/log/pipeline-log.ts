import { openLogSender, type TimedLine } from "@imagewright/aws";
import type { EvaluationLog, UnsentEvaluation } from "@imagewright/control-plane";
import { pipelineLogGroup, pipelineLogStream } from "./log-names.js";
import type { LogSettings } from "./log-settings.js";
import { withinTime } from "./within-time.js";

const AT_ONCE = 500;
/** For one pipeline, in milliseconds: less than other servers wait before they send the same. */
const PATIENCE = 20_000;

export interface PipelineLogs {
  readonly log: EvaluationLog;
  readonly aws: LogSettings["aws"];
  readonly signal: AbortSignal;
}

/**
 * Sends evaluations of pipelines that have not been sent to the log groups of their pipelines, a line each. Returns how many there were.
 * What a server had sent when it was killed may be there twice. Throws the first failure once all pipelines were tried; what has failed is
 * given again after two minutes. Source: API model, `PipelineLoggingConfiguration`.
 */
export async function sendPipelineLogs({ log, aws, signal }: PipelineLogs): Promise<number> {
  const evaluations = await log.claim(AT_ONCE);
  const failures: unknown[] = [];
  for (const pipeline of new Set(evaluations.map((one) => one.pipeline))) {
    if (signal.aborted) break;
    const ofOne = evaluations.filter((one) => one.pipeline === pipeline);
    try {
      await send(ofOne, aws);
      await log.sent(ofOne.map(({ id }) => id));
    } catch (thrown) {
      failures.push(thrown);
    }
  }
  if (failures.length > 0) throw failures[0];
  return evaluations.length;
}

async function send(evaluations: readonly UnsentEvaluation[], aws: LogSettings["aws"]): Promise<void> {
  const [first] = evaluations;
  if (first === undefined) return;
  const { name, region, loggingConfiguration } = first;
  const group = pipelineLogGroup(name, loggingConfiguration);
  const sender = openLogSender({ group, stream: pipelineLogStream(name), region: aws.region ?? region, aws });
  try {
    if (!(await withinTime(PATIENCE, sender.send(evaluations.map(lineOf)))))
      throw new Error(`log group ${group} has not answered within ${PATIENCE / 1000} s`);
  } finally {
    sender.close();
  }
}

/** `skipped, due 2026-12-01T10:00:00.000Z: nothing is newer than the last build`, and what else is to be said. */
function lineOf({ outcome, dueAt, evaluatedAt, reason, imageArn, notes }: UnsentEvaluation): TimedLine {
  const image = imageArn === null ? "" : ` ${imageArn}`;
  return { time: evaluatedAt.getTime(), line: [`${outcome}${image}, due ${dueAt.toISOString()}: ${reason}`, ...notes].join("; ") };
}

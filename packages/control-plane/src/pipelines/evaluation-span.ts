import { describeCause } from "@imagewright/diagnostics";
import type { TraceSpan, TraceContext, Traces } from "@imagewright/traces";
import { unlessLost } from "../calls/unless-lost.js";
import type { TakenPipeline } from "./due-pipelines.js";
import type { PipelineEvaluation } from "./evaluations.js";

type Run = (begin: (taken: TakenPipeline) => TraceContext | undefined) => Promise<readonly PipelineEvaluation[]>;

/**
 * Runs the transaction of a scheduled run, again if it has lost a race, and tells its span: from when the run is taken, with what became of
 * it. A run that another server has is not told. Throws what the transaction throws.
 */
export function withEvaluationSpan(traces: Traces, run: Run): Promise<readonly PipelineEvaluation[]> {
  return unlessLost(async () => {
    let span: TraceSpan | undefined;
    const begin = (taken: TakenPipeline) => (span = beginSpan(traces, taken)).context;
    try {
      const evaluations = await run(begin);
      endSpan(span, evaluations.at(-1));
      return evaluations;
    } catch (thrown) {
      span?.end({ failure: describeCause(thrown) });
      throw thrown;
    }
  });
}

function beginSpan(traces: Traces, { pipeline, at, missed }: TakenPipeline): TraceSpan {
  return traces.begin({
    name: "run schedule",
    attributes: {
      ...{ "cloud.account.id": pipeline.owner, "cloud.region": pipeline.region, "imagewright.pipeline.arn": pipeline.arn },
      ...{ "imagewright.schedule.due": at.toISOString(), "imagewright.schedule.missed": missed !== undefined },
    },
  });
}

function endSpan(span: TraceSpan | undefined, evaluation: PipelineEvaluation | undefined): void {
  if (evaluation === undefined) return;
  const { outcome, reason, imageArn } = evaluation;
  const attributes = { "imagewright.schedule.outcome": outcome, "imagewright.schedule.reason": reason };
  span?.end({
    attributes: { ...attributes, "imagewright.image.arn": imageArn ?? undefined },
    ...(outcome === "failed" && { failure: reason }),
  });
}

import { count } from "@imagewright/diagnostics";
import { scheduleError } from "./errors.js";
import type { PipelineSchedule } from "./schedule.js";

/** A decision about a pipeline, and the reason as text for a log. */
export interface PipelineDecision {
  readonly answer: boolean;
  readonly reason: string;
}

/** Whether a due pipeline starts, by its start condition. `updatesAvailable`: whether its base image or a component has a newer version. */
export function shouldStart({ startCondition }: Pick<PipelineSchedule, "startCondition">, updatesAvailable: boolean): PipelineDecision {
  if (startCondition === "EXPRESSION_MATCH_ONLY") return { answer: true, reason: "the start condition asks for every scheduled run" };
  return updatesAvailable
    ? { answer: true, reason: "the base image or a component has an update" }
    : { answer: false, reason: "neither the base image nor a component has an update" };
}

/**
 * Whether a pipeline has to be disabled. `failuresInARow`: how many of its last scheduled builds failed in a row. Throws `invalid-count` if
 * that is not a whole number from 0.
 */
export function shouldDisable(
  { failuresToDisable }: Pick<PipelineSchedule, "failuresToDisable">,
  failuresInARow: number,
): PipelineDecision {
  if (!Number.isSafeInteger(failuresInARow) || failuresInARow < 0)
    throw scheduleError("invalid-count", { what: "failuresInARow", found: failuresInARow });
  const builds = `${count(failuresInARow, "scheduled build")} in a row failed`;
  return { answer: failuresInARow >= failuresToDisable, reason: `${builds}; the pipeline is disabled at ${failuresToDisable}` };
}

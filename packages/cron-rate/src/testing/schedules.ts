import { renderText } from "@imagewright/diagnostics";
import { parseExpression, parseSchedule, type PipelineSchedule } from "../index.js";

/** The schedule of an expression known to be valid. */
export function scheduleOf(scheduleExpression: string, timezone?: string, startedAt?: string): PipelineSchedule {
  const { schedule, diagnostics } = parseSchedule(
    { scheduleExpression, timezone },
    startedAt === undefined ? {} : { startedAt: new Date(startedAt) },
  );
  if (schedule === undefined) throw new Error(renderText(diagnostics));
  return schedule;
}

/** The faults of an expression: place, message and code on one line each, then the help. */
export function faultsOf(text: string): string[] {
  return parseExpression(text).diagnostics.flatMap(({ span, message, code, help }) => [
    `${span.start}-${span.end} ${message} [${code}]`,
    ...(help === undefined ? [] : [`help: ${help}`]),
  ]);
}

/** Dates as short texts in UTC: `2026-01-31 10:00`. */
export function shown(dates: readonly (Date | undefined)[]): (string | undefined)[] {
  return dates.map((date) =>
    date
      ?.toISOString()
      .replace("T", " ")
      .replace(/(:00)?\.000Z$/, ""),
  );
}

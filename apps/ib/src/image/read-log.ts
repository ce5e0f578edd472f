import { setTimeout as sleep } from "node:timers/promises";
import type { ImageLogLine, ImageLogs, LogQuery } from "@imagewright/control-plane";
import { safe, type SafeText } from "@imagewright/diagnostics";

const LINES_AT_ONCE = 1_000;
const LOOK_MILLISECONDS = 250;

interface LogReadingOptions {
  /** Whether to go on until the image has ended. */
  readonly follow: boolean;
  /** Ends the following, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The lines of an image's log, some at a time. */
export async function* readLog(
  logs: Pick<ImageLogs, "read" | "stateOf">,
  arn: string,
  query: Omit<LogQuery, "after" | "limit">,
  { follow, signal }: LogReadingOptions,
): AsyncGenerator<readonly ImageLogLine[]> {
  for (let after: string | undefined; ;) {
    // what is said is stored before the end is
    const isOver = !follow || (await logs.stateOf(arn)).hasEnded;
    for (;;) {
      signal?.throwIfAborted();
      const { lines, cursor } = await logs.read(arn, { ...query, after, limit: LINES_AT_ONCE });
      after = cursor;
      if (lines.length === 0) break;
      yield lines;
    }
    if (isOver) return;
    await sleep(LOOK_MILLISECONDS, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}

/** A line for people: when, the step, the text. */
export function renderLogLine({ at, step, text }: ImageLogLine): SafeText {
  return safe`${at.toISOString()} ${step === undefined ? "" : safe`[${step}] `}${text}`;
}

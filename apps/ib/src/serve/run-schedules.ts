import { setTimeout as sleep } from "node:timers/promises";
import type { ContentProbe, PipelineScheduler } from "@imagewright/control-plane";
import { describeCause } from "@imagewright/diagnostics";
import type { Traces } from "@imagewright/traces";

export interface RunSchedules {
  /** What runs them; of another control plane after a restart of the database. */
  readonly pipelines: () => Pick<PipelineScheduler, "runDue" | "nextDue">;
  readonly clock: () => Date;
  readonly probe: ContentProbe;
  readonly traces?: Traces;
  /** Is told once for each reason why schedules cannot be run; they are tried again. */
  readonly onFailure: (cause: string) => void;
  /** Waits between two looks; until the signal at most. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Pipelines that are created or changed meanwhile are found by the next look. */
const LONGEST_PAUSE = 10_000;
/** Of what is due and was not taken, another server has it. */
const SHORTEST_PAUSE = 250;
const PAUSE_AFTER_FAILURE = 1_000;
const MOST_AT_ONCE = 100;

const pauseHere = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);

/**
 * Runs the pipelines that are due, one look after the other, until the function is called, which waits for the runs that have begun.
 * Between two looks it sleeps until the next one is due, ten seconds at most.
 */
export function runSchedules(schedules: RunSchedules): () => Promise<void> {
  const { pause = pauseHere } = schedules;
  const over = new AbortController();
  let told: string | undefined;
  const run = async () => {
    while (!over.signal.aborted) {
      let milliseconds = PAUSE_AFTER_FAILURE;
      try {
        milliseconds = await lookOnce(schedules, over.signal);
        told = undefined;
      } catch (thrown) {
        const cause = describeCause(thrown);
        // what fails since the server ends is no failure
        if (told !== cause && !over.signal.aborted) schedules.onFailure((told = cause));
      }
      await pause(milliseconds, over.signal);
    }
  };
  const running = run();
  return async () => {
    over.abort();
    await running;
  };
}

/** Runs what is due. Returns after how many milliseconds to look again. */
async function lookOnce({ pipelines, clock, probe, traces }: RunSchedules, signal: AbortSignal): Promise<number> {
  const taken = await pipelines().runDue({ most: MOST_AT_ONCE, probe, signal, traces });
  if (taken.length > 0) return 0;
  const next = await pipelines().nextDue();
  const left = next === undefined ? LONGEST_PAUSE : next.getTime() - clock().getTime();
  return Math.min(Math.max(left, SHORTEST_PAUSE), LONGEST_PAUSE);
}

import type { Clock } from "@imagewright/action-contract";

/**
 * The results of a run so far, kept across restarts and crashes: values by their place in the run. A run with the
 * journal of an interrupted one continues where that one stopped.
 */
export interface Journal {
  /** The value recorded by an earlier process; undefined if it did not get that far. */
  recall(key: string): unknown;
  /** Records plain data. When it returns, the value outlives this process. */
  record(key: string, value: unknown): void;
}

/** When a part of the run began or ended, in milliseconds since 1970: the recorded time, otherwise now. */
export function recordedTime(
  event: "start" | "end",
  part: string,
  { journal, host }: { readonly journal: Journal; readonly host: { readonly clock: Clock } },
): number {
  const key = `${event}/${part}`;
  const recalled = journal.recall(key);
  if (typeof recalled === "number") return recalled;
  const now = host.clock.now();
  journal.record(key, now);
  return now;
}

/** For a run that cannot be resumed. */
export const NO_JOURNAL: Journal = { recall: () => undefined, record: () => undefined };

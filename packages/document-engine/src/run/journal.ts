import type { Clock } from "@imagewright/action-contract";

/**
 * What a run has done so far, kept across a restart or a crash: values by the place in the run to which they belong. A run that is given the
 * journal of an interrupted one goes on where that one was.
 */
export interface Journal {
  /** What an earlier process has recorded under the key; undefined where it has not got that far. */
  recall(key: string): unknown;
  /** Keeps plain data. When it returns, the value outlives this process. */
  record(key: string, value: unknown): void;
}

/** When a part of the run began or ended, in milliseconds since 1970: now, unless an earlier process has been there before. */
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

/** For a run that nobody can resume. */
export const NO_JOURNAL: Journal = { recall: () => undefined, record: () => undefined };

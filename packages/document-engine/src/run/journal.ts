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

/** For a run that nobody can resume. */
export const forgetful: Journal = { recall: () => undefined, record: () => undefined };

const [FIRST, LONGEST] = [500, 60_000];

export interface FailedAttempt {
  /** How often it has failed one after the other, from 1. */
  readonly attempts: number;
  /** For how many milliseconds the receiver wants to be left alone. */
  readonly retryAfter?: number | undefined;
  /** From 0 to below 1. */
  readonly chance: number;
}

/**
 * For how many milliseconds to wait after a failure: twice as long each time, up to a minute, with a chance of half of it, so that many
 * servers do not come at once; and as long as the receiver asks for, up to an hour.
 */
export function retryDelay({ attempts, retryAfter = 0, chance }: FailedAttempt): number {
  const longest = Math.min(LONGEST, FIRST * 2 ** Math.min(attempts - 1, 20));
  return Math.max(longest / 2 + (longest / 2) * chance, Math.min(retryAfter, 60 * LONGEST));
}

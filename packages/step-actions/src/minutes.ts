/** A duration in seconds, as `timeoutSeconds` has it. */
export function minutes(number: number): number {
  return number * 60;
}

export function days(number: number): number {
  return minutes(number * 24 * 60);
}

/** The most that chapter 37 allows for any step. */
export const LONGEST_STEP = days(1);

/** The values of `{{ loop.index }}`, `{{ loop.value }}` and the same with the loop's name in one iteration. */
export interface LoopVariables {
  readonly name: string | undefined;
  /** Counted from 0. */
  readonly index: number;
  readonly value: string;
}

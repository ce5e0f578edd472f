/** What `{{ loop.index }}`, `{{ loop.value }}` and the same with the loop's name stand for in one iteration. */
export interface LoopVariables {
  readonly name: string | undefined;
  /** Counted from 0. */
  readonly index: number;
  readonly value: string;
}

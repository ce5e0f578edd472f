import type { ActionContext } from "@imagewright/action-contract";

/** What a condition may look at: the machine's files through its ports, where relative paths start, and the environment with the PATH. */
export type ConditionContext = Pick<ActionContext, "host" | "workingDirectory" | "environment" | "signal">;

/** Whether a condition holds, and what was found, as a statement of fact that is true in either case: `"b" is not equal to "a"`. */
export interface Verdict {
  readonly value: boolean;
  readonly explanation: string;
}

/** A comparison operator: one row of the operator table. */
export interface Comparison {
  readonly name: string;
  /** The key beside the operator that holds what is tested. Without one, the operator's own value is tested. */
  readonly testedKey?: "value" | "path";
  /** Reads the operator's own value once, so that a bad one is known before anything runs. */
  readonly prepare: (operand: string) => Test | BaselineFault;
}

/** Tests one text. Texts are as the document has them; a number or boolean arrives as its text. */
export type Test = (tested: string, context: ConditionContext) => Verdict | Promise<Verdict>;

/** Why an operator cannot take a value, worded to follow the operator's name: `must be a number; found "x"`. */
export interface BaselineFault {
  readonly problem: string;
  readonly help?: string;
}

import type { ActionContext } from "@imagewright/action-contract";

/**
 * What the evaluation of a condition may use: the host ports, the folder for relative paths, the environment with the PATH, and the signal
 * that cancels it.
 */
export type ConditionContext = Pick<ActionContext, "host" | "workingDirectory" | "environment" | "signal">;

/** Whether a condition holds, and an explanation: a statement that is true in either case, such as `"b" is not equal to "a"`. */
export interface Verdict {
  readonly value: boolean;
  readonly explanation: string;
}

/** A comparison operator: one row of the operator table. */
export interface Comparison {
  readonly name: string;
  /** The key next to the operator whose value is tested. Without one, the operator's own value is tested. */
  readonly testedKey?: "value" | "path";
  /** Parses the operator's own value, so that a bad one is found before anything runs. */
  readonly prepare: (operand: string) => Test | OperandFault;
}

/** Tests one text, as written in the document; a number or boolean arrives as its text. */
export type Test = (tested: string, context: ConditionContext) => Verdict | Promise<Verdict>;

/** Why an operator rejects its own value, as text that follows the operator's name: `must be a number; found "x"`. */
export interface OperandFault {
  readonly problem: string;
  readonly help?: string;
}

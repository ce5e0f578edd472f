import type { Match } from "../patterns/pattern.js";
import type { VariableValues } from "../patterns/template.js";

/** Whether a value of a request is what a value of a policy asks for; undefined if a variable of the latter has no value. */
export type ValueTest = (found: string, scope: VariableValues) => Match;

/** How a family of operators compares: `StringEquals` and `StringNotEquals` are one comparison. */
export interface Comparison {
  /** The values that are allowed in a policy, for messages. */
  readonly allowed: string;
  /** Prepares a value of a policy; undefined if it is not allowed. `variables`: whether the policy has variables. */
  prepare(value: string, variables: boolean): ValueTest | undefined;
}

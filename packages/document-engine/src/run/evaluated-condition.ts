import type { StepDecision } from "../syntax/document.js";

/** The decision of `if`. */
export interface EvaluatedCondition {
  readonly value: boolean;
  /** The explanation; empty if logging is off. */
  readonly explanation: string;
  readonly decision: StepDecision;
}

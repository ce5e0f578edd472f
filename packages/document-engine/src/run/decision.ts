import type { StepDecision } from "../syntax/document.js";

/** What `if` has led to. */
export interface Decision {
  readonly value: boolean;
  /** What was found, in words; empty where logging is off. */
  readonly explanation: string;
  readonly decision: StepDecision;
}

import type { Json } from "@imagewright/durability";

/** How an operation of a plan has ended. Plain data. */
export type OperationOutcome = OperationDone | OperationFailed | OperationLeftOut;

export interface OperationDone {
  readonly id: string;
  readonly status: "done";
  /** What undo needs to know. */
  readonly before: Json;
  /** What later operations refer to. */
  readonly result?: string | undefined;
}

export interface OperationFailed {
  readonly id: string;
  readonly status: "failed";
  readonly message: string;
  /** Absent if nothing can have been changed, since it failed before. */
  readonly before?: Json | undefined;
}

/** One that was not begun, since another one, on which it depends, was not done. */
export interface OperationLeftOut {
  readonly id: string;
  readonly status: "left-out";
  /** The id of the operation that has failed. */
  readonly because: string;
}

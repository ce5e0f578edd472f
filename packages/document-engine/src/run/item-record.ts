import type { ActionReboot, ActionResult } from "@imagewright/action-contract";
import type { RunResult } from "./result.js";

/** The result of an action for one item of a step's inputs, as stored in the journal. */
export interface ItemRecord {
  /** Undefined for an action that did not return before its timeout. */
  readonly result: ActionResult | undefined;
  readonly nested: readonly RunResult[];
}

/** An item that asks for a restart. */
export interface RestartRecord extends ItemRecord {
  readonly result: ActionReboot;
  /** Start time of its step, milliseconds since 1970. */
  readonly stepStartTime: number;
}

export function isRestart<Item extends ItemRecord>(record: Item): record is Item & { readonly result: ActionReboot } {
  return record.result?.status === "reboot";
}

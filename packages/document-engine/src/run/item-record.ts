import type { ActionReboot, ActionResult } from "@imagewright/action-contract";
import type { RunResult } from "./result.js";

/** What became of an action on one item of a step's inputs, as the journal keeps it. */
export interface ItemRecord {
  /** Undefined for an action that did not return when its time was over. */
  readonly result: ActionResult | undefined;
  readonly nested: readonly RunResult[];
}

/** An item that asks for a restart. */
export interface RestartRecord extends ItemRecord {
  readonly result: ActionReboot;
  /** When its step began, milliseconds since 1970. */
  readonly stepStartTime: number;
}

export function isRestart<Item extends ItemRecord>(record: Item): record is Item & { readonly result: ActionReboot } {
  return record.result?.status === "reboot";
}

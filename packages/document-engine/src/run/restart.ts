import type { ActionReboot } from "@imagewright/action-contract";
import type { StepPlace } from "./events.js";

/** Systems Manager's own limit (`CommandRetryLimit`). */
export const MOST_RESTARTS = 15;

/** The run cannot continue before the machine has restarted. Its results are in the journal. */
export interface RunInterrupted {
  readonly status: "restart";
  readonly executionId: string;
  /** The step that asked for it. */
  readonly place: StepPlace;
  readonly delaySeconds: number;
}

/** Unwinds a run, nested documents included, up to its start. */
export class RestartSignal extends Error {
  constructor(
    readonly place: StepPlace,
    readonly reboot: ActionReboot,
  ) {
    super("the machine has to restart");
  }
}

import type { ActionReboot } from "@imagewright/action-contract";
import type { StepPlace } from "./events.js";

/** Systems Manager's own limit (`CommandRetryLimit`). */
export const MOST_RESTARTS = 15;

/** The run cannot go on before the machine has restarted. What has been done is in the journal. */
export interface RunInterrupted {
  readonly status: "restart";
  readonly executionId: string;
  /** The step that asks for it. */
  readonly place: StepPlace;
  readonly delaySeconds: number;
}

/** Unwinds a run, nested documents included, up to where it was started. */
export class RestartSignal extends Error {
  constructor(
    readonly place: StepPlace,
    readonly reboot: ActionReboot,
  ) {
    super("the machine has to restart");
  }
}

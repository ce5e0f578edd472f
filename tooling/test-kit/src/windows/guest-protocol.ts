import type { ActionRun } from "../action-run.js";

/** An action to run on Windows, as one line of JSON. */
export interface GuestRequest {
  readonly id: number;
  readonly action: string;
  /** One item of its inputs. */
  readonly input: unknown;
  readonly workingDirectory: string;
  /** Further variables for commands. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The run is aborted when a command has printed this. */
  readonly abortAt?: string;
}

export interface GuestAnswer {
  readonly id: number;
  readonly run: ActionRun;
}

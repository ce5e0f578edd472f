import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import type { HostPorts } from "@imagewright/action-contract";
import { RUNNING_FILE } from "@imagewright/node-host";
import { recordDrafts } from "./record-drafts.js";
import { StepCommands, type RunCall } from "./step-commands.js";

/** The host of a run's actions: what they start and what they make for a moment is on record before, in the run's temporary folder. */
export class StepHosts {
  readonly #running: number;
  readonly #host: HostPorts;
  readonly #commands: StepCommands;

  constructor(host: HostPorts, temporaryDirectory: string, call: RunCall) {
    this.#running = openSync(join(temporaryDirectory, RUNNING_FILE), "wx", 0o600);
    this.#host = { ...host, files: recordDrafts(host.files, temporaryDirectory) };
    this.#commands = new StepCommands(host.processes, this.#running, call);
  }

  /** The host for the actions at this place of the run. */
  readonly hostOf = (key: string): HostPorts => ({ ...this.#host, processes: this.#commands.processesOf(key) });

  close(): void {
    closeSync(this.#running);
  }
}

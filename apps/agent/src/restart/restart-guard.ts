import { awaitsRestart, noteInterruption } from "@imagewright/component-runner";
import { safe } from "@imagewright/diagnostics";
import { MOST_RESTARTS } from "@imagewright/document-engine";
import { IS_WINDOWS } from "@imagewright/node-host";
import { setTrigger, type RestartedRun } from "./restart.js";
import { removeTask } from "./task-trigger.js";
import type { Terminal } from "../terminal.js";

/**
 * Windows gives a process no time when it goes down, and starts no further programs then. So with `--restart system` the task that
 * continues a run is set as long as the run is in progress, whoever restarts the machine. On other platforms it does nothing:
 * `outliveShutdown` sets the trigger there when the machine goes down.
 */
export class RestartGuard {
  readonly #isNeeded: boolean;
  readonly #interruptions: number;
  #isSet = false;

  /** Counts the interruption if it is a run that continues although it has not asked for a restart. */
  constructor(
    private readonly run: RestartedRun,
    private readonly terminal: Terminal,
    { continues }: { readonly continues: boolean },
  ) {
    const { executionId, mode, stateDirectory } = run;
    this.#isNeeded = IS_WINDOWS && mode === "system";
    const isInterrupted = this.#isNeeded && continues && !awaitsRestart(stateDirectory, executionId);
    this.#interruptions = isInterrupted ? (noteInterruption(stateDirectory, executionId) ?? 0) : 0;
  }

  /** Sets the task, once. Call it when the run has its state. Errors: trigger-not-set. */
  begin(): void {
    if (!this.#isNeeded || this.#isSet) return;
    this.#isSet = true;
    if (this.#interruptions <= MOST_RESTARTS) return setTrigger("task", this.run);
    // a step that restarts the machine each time it runs would never end
    this.terminal.err(
      safe`the run has been interrupted ${MOST_RESTARTS} times already; after a further restart continue it with ib-agent run --resume ${this.run.executionId}\n`,
    );
  }

  /** Removes the task, when the run does not wait for a restart. */
  end(): void {
    if (this.#isSet) removeTask(this.run.executionId);
  }
}

import { awaitsRestart, noteInterruption } from "@imagewright/component-runner";
import { isImagewrightError, safe } from "@imagewright/diagnostics";
import { MOST_RESTARTS } from "@imagewright/document-engine";
import { IS_WINDOWS } from "@imagewright/node-host";
import { clearTriggers, setTrigger, type RestartedRun } from "./restart.js";
import { nameOf, removeTask } from "./task-trigger.js";
import type { Terminal } from "../terminal.js";

/**
 * Keeps a run from being lost by a restart. What has started a run that continues is removed once the run has its state: before, it may be
 * that of a run which another process has in progress.
 *
 * Windows gives a process no time when it goes down, and starts no further programs then. So with `--restart system` the task that
 * continues a run is set as long as the run is in progress, whoever restarts the machine. On other platforms
 * `outliveShutdown` sets the trigger when the machine goes down.
 */
export class RestartGuard {
  readonly #isNeeded: boolean;
  readonly #isInterrupted: boolean;
  #hasBegun = false;

  constructor(
    private readonly run: RestartedRun,
    private readonly terminal: Terminal,
    private readonly way: { readonly continues: boolean },
  ) {
    const { executionId, mode, stateDirectory } = run;
    this.#isNeeded = IS_WINDOWS && mode === "system";
    this.#isInterrupted = this.#isNeeded && way.continues && !awaitsRestart(stateDirectory, executionId);
  }

  /**
   * Sets the task and counts the interruption if it is a run that continues although it has not asked for a restart. Call it when
   * the run has its state; further calls do nothing. Errors: trigger-not-set.
   */
  begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    if (this.way.continues) clearTriggers(this.run);
    if (!this.#isNeeded) return;
    const { executionId, stateDirectory } = this.run;
    const interruptions = this.#isInterrupted ? (noteInterruption(stateDirectory, executionId) ?? 0) : 0;
    if (interruptions <= MOST_RESTARTS) return setTrigger("task", this.run);
    // a step that restarts the machine each time it runs would never end
    this.terminal.err(
      safe`the run has been interrupted ${MOST_RESTARTS} times already; after a further restart continue it with ib-agent run --resume ${executionId}\n`,
    );
  }

  /** Removes the task, when the run does not wait for a restart. */
  end(): void {
    const { executionId } = this.run;
    if (!this.#isNeeded || !this.#hasBegun || removeTask(executionId)) return;
    const command = `schtasks /Delete /TN "${nameOf(executionId)}" /F`;
    this.terminal.err(safe`Windows did not remove the task that would continue the run, which has ended; remove it with ${command}\n`);
  }

  /** Removes what has started a run that cannot be continued, unless that is because it is in progress already. */
  refuse(thrown: unknown): void {
    const isInUse = isImagewrightError(thrown, "component-runner/state-in-use");
    if (!this.#hasBegun && !isInUse) clearTriggers(this.run);
  }
}

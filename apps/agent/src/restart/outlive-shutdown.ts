import type { HostPorts, Processes } from "@imagewright/action-contract";
import { isInProgress, noteInterruption } from "@imagewright/component-runner";
import { describeCause, safe } from "@imagewright/diagnostics";
import { MOST_RESTARTS } from "@imagewright/document-engine";
import { exitWithWholeCode, IS_WINDOWS } from "@imagewright/node-host";
import { pendingShutdown } from "./pending-shutdown.js";
import { setTrigger, type RestartedRun } from "./restart.js";
import { whoRestarts } from "./who-restarts.js";
import { EXIT } from "../cli/exit-codes.js";
import type { Terminal } from "../terminal.js";

/** What handling a shutdown needs besides the run. */
export interface ShutdownContext {
  readonly host: HostPorts;
  /** The agent's own signal, which aborts when the agent has to end. */
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

/**
 * Prevents a run from being cancelled, or failing, because the machine shuts down, by a step's own `reboot` or otherwise. The agent then
 * ends immediately, as in a crash; the state is on disk, and the running step will run again. Returns the host to use for the run.
 */
export function outliveShutdown(run: RestartedRun, { host, signal, terminal }: ShutdownContext): HostPorts {
  const endIfGoingDown = (isCertain = false) => {
    const direction = isCertain ? "restart" : pendingShutdown();
    if (IS_WINDOWS) {
      if (direction !== undefined && isInProgress(run.stateDirectory, run.executionId)) endOnWindows(run, terminal);
      return;
    }
    const times = direction === undefined ? undefined : noteInterruption(run.stateDirectory, run.executionId);
    if (direction === undefined || times === undefined) return;
    terminal.err(safe`the machine shuts down; ${continuationOf(run, direction, times)}\n`);
    process.exit(EXIT.restart);
  };
  signal.addEventListener("abort", () => endIfGoingDown());
  const processes: Processes = {
    // a shutdown ends the commands of a step and the agent at the same time, so either may be noticed first
    async run(command, streams) {
      const exit = await host.processes.run(command, streams);
      if (exit.kind === "killed" || (exit.kind === "exited" && exit.code !== 0 && exit.code !== EXIT.restart))
        endIfGoingDown(IS_WINDOWS && exit.kind === "exited" && OF_SESSIONS_THAT_END.has(exit.code));
      return exit;
    },
  };
  return { ...host, processes };
}

// the exit codes that Windows gives to what it ends with a session, and to what is started while one ends
const OF_SESSIONS_THAT_END: ReadonlySet<number> = new Set([0x4001_0004, 0xc000_026b]);

/** The task that continues the run is there already, if there is to be one (`RestartGuard`). */
function endOnWindows({ executionId, mode }: RestartedRun, terminal: Terminal): never {
  const continuation =
    whoRestarts(mode).kind === "task"
      ? safe`the run continues automatically after a restart`
      : safe`continue the run with ib-agent run --resume ${executionId}`;
  terminal.err(safe`Windows shuts down; ${continuation}\n`);
  exitWithWholeCode(EXIT.restart);
  process.exit(EXIT.restart);
}

/** Sets the trigger for the next start if the run should continue automatically, and describes how it continues. */
function continuationOf(run: RestartedRun, direction: "restart" | "off", times: number): string {
  const byHand = `continue the run with ib-agent run --resume ${run.executionId}`;
  const way = whoRestarts(run.mode);
  if (direction === "off" || way.kind === "caller" || process.getuid?.() !== 0) return byHand;
  // a step that restarts the machine each time it runs would never end
  if (times > MOST_RESTARTS) return `that has interrupted the run ${MOST_RESTARTS} times already; ${byHand}`;
  try {
    setTrigger(way.kind, run);
  } catch (thrown) {
    return `${describeCause(thrown)}; ${byHand}`;
  }
  return "the run continues automatically after the restart";
}

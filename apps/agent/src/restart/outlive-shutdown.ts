import type { HostPorts, Processes } from "@imagewright/action-contract";
import { isInProgress, noteInterruption } from "@imagewright/component-runner";
import { describeCause, safe, type SafeText } from "@imagewright/diagnostics";
import { MOST_RESTARTS } from "@imagewright/document-engine";
import { IS_WINDOWS } from "@imagewright/node-host";
import { pendingShutdown } from "./pending-shutdown.js";
import { setTrigger, type RestartedRun } from "./restart.js";
import { whoRestarts } from "./who-restarts.js";
import { EXIT } from "../cli/exit-codes.js";
import type { EarlyEnd } from "../early-end.js";
import { exitAtOnce } from "../exit-with.js";
import type { Terminal } from "../terminal.js";

/** What handling a shutdown needs besides the run. */
export interface ShutdownContext {
  readonly host: HostPorts;
  /** The agent's own signal, which aborts when the agent has to end. */
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
  readonly earlyEnd: EarlyEnd;
}

/**
 * Prevents a run from being cancelled, or failing, because the machine shuts down, by a step's own `reboot` or otherwise. The agent then
 * ends as in a crash; the state is on disk, and the running step will run again. Returns the host and the signal to use for the run.
 */
export function outliveShutdown(run: RestartedRun, context: ShutdownContext): Pick<ShutdownContext, "host" | "signal"> {
  const { host, signal, terminal, earlyEnd } = context;
  const endIfGoingDown = (isCertain = false) => {
    const direction = isCertain ? "restart" : pendingShutdown();
    if (direction === undefined || earlyEnd.hasBegun) return;
    const times = timesInterrupted(run);
    if (times === undefined) return;
    terminal.err(IS_WINDOWS ? onWindows(run) : safe`the machine shuts down; ${continuationOf(run, direction, times)}\n`);
    // a step that runs no command goes on until then, and may have been the last one
    earlyEnd.begin(() => void (isInProgress(run.stateDirectory, run.executionId) && exitAtOnce(EXIT.restart)));
  };
  const processes: Processes = {
    // a shutdown ends the commands of a step and the agent at the same time, so either may be noticed first
    async run(command, streams) {
      const exit = await host.processes.run(command, streams);
      if (exit.kind === "killed" || (exit.kind === "exited" && exit.code !== 0 && exit.code !== EXIT.restart))
        endIfGoingDown(IS_WINDOWS && exit.kind === "exited" && OF_SESSIONS_THAT_END.has(exit.code));
      return exit;
    },
  };
  return { host: { ...host, processes: earlyEnd.holdBack(processes) }, signal: signalUnless(signal, endIfGoingDown, earlyEnd) };
}

/** Aborts with the signal, unless the process ends because of it: a run that is cancelled could not be continued. */
function signalUnless(signal: AbortSignal, endIfGoingDown: () => void, earlyEnd: EarlyEnd): AbortSignal {
  const controller = new AbortController();
  const abort = () => {
    endIfGoingDown();
    if (!earlyEnd.hasBegun) controller.abort(signal.reason);
  };
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  return controller.signal;
}

/** How often the run has been interrupted, with this time; undefined if it is not in progress. On Windows `RestartGuard` counts. */
function timesInterrupted({ stateDirectory, executionId }: RestartedRun): number | undefined {
  if (IS_WINDOWS) return isInProgress(stateDirectory, executionId) ? 1 : undefined;
  return noteInterruption(stateDirectory, executionId);
}

// the exit codes that Windows gives to what it ends with a session, and to what is started while one ends
const OF_SESSIONS_THAT_END: ReadonlySet<number> = new Set([0x4001_0004, 0xc000_026b]);

/** The task that continues the run is there already, if there is to be one (`RestartGuard`). */
function onWindows({ executionId, mode }: RestartedRun): SafeText {
  return whoRestarts(mode).kind === "task"
    ? safe`Windows shuts down; the run continues automatically after a restart\n`
    : safe`Windows shuts down; continue the run with ib-agent run --resume ${executionId}\n`;
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

import type { HostPorts, Processes } from "@imagewright/action-contract";
import { noteInterruption } from "@imagewright/component-runner";
import { describeCause } from "@imagewright/diagnostics";
import { MOST_RESTARTS } from "@imagewright/document-engine";
import { goingDown } from "./going-down.js";
import { setTrigger, type RestartedRun } from "./restart.js";
import { whoRestarts } from "./who-restarts.js";
import { EXIT } from "../cli/exit-codes.js";
import type { Terminal } from "../terminal.js";

export interface EndingSurroundings {
  readonly host: HostPorts;
  /** That of the agent, which aborts when it is told to end. */
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

/**
 * Keeps a run from being cancelled, or failing, because the machine goes down: by a step's own `reboot`, or anybody's. The agent then ends at once, as
 * in a crash; the state is on the disk, and the step that was running runs again. Gives the host with which the run has to work.
 */
export function outliveShutdown(run: RestartedRun, { host, signal, terminal }: EndingSurroundings): HostPorts {
  const endIfGoingDown = () => {
    const direction = goingDown();
    const times = direction === undefined ? undefined : noteInterruption(run.stateDirectory, run.executionId);
    if (direction === undefined || times === undefined) return;
    terminal.err(`the machine goes down; ${goOn(run, direction, times)}\n`);
    process.exit(EXIT.restart);
  };
  signal.addEventListener("abort", endIfGoingDown);
  const processes: Processes = {
    // a shutdown ends the commands of a step at the same time as the agent, so either may be seen first
    async run(command, streams) {
      const exit = await host.processes.run(command, streams);
      if (exit.kind === "killed" || (exit.kind === "exited" && exit.code !== 0 && exit.code !== EXIT.restart)) endIfGoingDown();
      return exit;
    },
  };
  return { ...host, processes };
}

/** Sees to it that the run goes on by itself where that is meant, and tells how it goes on. */
function goOn(run: RestartedRun, direction: "restart" | "off", times: number): string {
  const byHand = `the run goes on with ib-agent run --resume ${run.executionId}`;
  const way = whoRestarts(run.mode);
  if (direction === "off" || way.kind === "caller" || process.getuid?.() !== 0) return byHand;
  // a step that restarts the machine each time it runs would do so for ever
  if (times > MOST_RESTARTS) return `that has ended the run ${MOST_RESTARTS} times already; ${byHand}`;
  try {
    setTrigger(way.kind, run);
  } catch (thrown) {
    return `${describeCause(thrown)}; ${byHand}`;
  }
  return "the run goes on by itself after the restart";
}

import { noteInterruption } from "@imagewright/component-runner";
import { describeCause } from "@imagewright/diagnostics";
import { MOST_RESTARTS } from "@imagewright/document-engine";
import { goingDown } from "./going-down.js";
import { setTrigger, type RestartedRun } from "./restart.js";
import { whoRestarts } from "./who-restarts.js";
import { EXIT } from "../cli/exit-codes.js";
import type { Terminal } from "../terminal.js";

/**
 * Keeps a run from counting as cancelled where the agent is told to end because the machine goes down: by a step's own `reboot`, or anybody's. The
 * agent then ends at once, as in a crash; the state is on the disk, and the step that was running runs again. The signal is that of the agent.
 */
export function outliveShutdown(run: RestartedRun, signal: AbortSignal, terminal: Terminal): void {
  signal.addEventListener("abort", () => {
    const direction = goingDown();
    const times = direction === undefined ? undefined : noteInterruption(run.stateDirectory, run.executionId);
    if (direction === undefined || times === undefined) return;
    terminal.err(`the machine goes down; ${goOn(run, direction, times)}\n`);
    process.exit(EXIT.restart);
  });
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

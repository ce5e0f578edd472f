import { resolve } from "node:path";
import { isInProgress } from "@imagewright/component-runner";
import { safe } from "@imagewright/diagnostics";
import type { RunInterrupted } from "@imagewright/document-engine";
import { IS_WINDOWS } from "@imagewright/node-host";
import { cronTrigger } from "./cron-trigger.js";
import { agentError } from "../errors.js";
import { pendingShutdown } from "./pending-shutdown.js";
import { runTool, ToolFailure } from "./run-tool.js";
import { runWindowsTool } from "./run-windows-tool.js";
import { systemdTrigger } from "./systemd-trigger.js";
import { removeTask, taskTrigger } from "./task-trigger.js";
import type { Trigger } from "./trigger.js";
import { whoRestarts, type OwnRestart } from "./who-restarts.js";
import type { RestartMode } from "../commands/run-choices.js";
import type { Terminal } from "../terminal.js";

/** A run that has to survive a restart. */
export interface RestartedRun {
  readonly executionId: string;
  readonly mode: RestartMode;
  readonly stateDirectory: string;
}

/** What a restart needs besides the interrupted run. */
export interface RestartContext extends Omit<RestartedRun, "executionId"> {
  readonly terminal: Terminal;
  /** Rejects when the agent has to end. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/**
 * Restarts the machine so that the run continues afterwards, or leaves the restart to the caller, who is notified by the exit code. If the
 * agent has to end before the restart begins, it does not restart; the run still continues after any later restart.
 */
export async function restart(
  { executionId, place, delaySeconds }: RunInterrupted,
  { mode, stateDirectory, terminal, sleep }: RestartContext,
): Promise<void> {
  const way = whoRestarts(mode);
  const wait = () =>
    sleep(delaySeconds * 1000).then(
      () => true,
      () => false,
    );
  if (way.kind === "caller") {
    terminal.err(
      safe`step ${place.step} asks for a restart, which is left to the caller (${way.reason}); continue with the same command, or with --resume ${executionId}\n`,
    );
    await wait();
    return;
  }
  if (!IS_WINDOWS && process.getuid?.() !== 0) throw agentError("restart-needs-root", { executionId });
  setTrigger(way.kind, { executionId, mode, stateDirectory });
  terminal.err(
    safe`step ${place.step} asks for a restart; the machine restarts${delaySeconds > 0 ? ` in ${delaySeconds} s` : ""}, and the run continues automatically\n`,
  );
  if (await wait()) restartMachine(executionId, way.kind);
  else
    terminal.err(
      safe`the agent does not restart the machine; the run continues after the next restart, or with ib-agent run --resume ${executionId}\n`,
    );
}

/** Makes the agent continue the run after the machine's next start. */
export function setTrigger(kind: OwnRestart, { executionId, mode, stateDirectory }: RestartedRun): void {
  const command = [
    ...ownCommand(),
    "run",
    "--resume",
    executionId,
    "--state-directory",
    resolve(stateDirectory),
    ...(mode === "auto" ? [] : ["--restart", mode]),
  ];
  triggerOf(kind, stateDirectory).set({ executionId, command });
}

function triggerOf(kind: OwnRestart, stateDirectory: string): Trigger {
  switch (kind) {
    case "systemd":
      return systemdTrigger;
    case "cron":
      return cronTrigger;
    case "task":
      return taskTrigger(resolve(stateDirectory));
  }
}

/** Removes the trigger that started this run again. */
export function clearTriggers({ executionId, mode, stateDirectory }: RestartedRun): void {
  if (IS_WINDOWS) {
    taskTrigger(resolve(stateDirectory)).clear(executionId);
    // that of a run whose state is gone: its agent was killed between the two
    if (mode === "system" && !isInProgress(stateDirectory, executionId)) removeTask(executionId);
    return;
  }
  if (process.getuid?.() !== 0) return;
  systemdTrigger.clear(executionId);
  cronTrigger.clear(executionId);
}

/** The packed agent is an executable; otherwise Node runs a script. */
function ownCommand(): string[] {
  const script = process.argv[1];
  return script === undefined || /^(\/\$bunfs\/|[A-Z]:[\\/]~BUN[\\/])/.test(script) ? [process.execPath] : [process.execPath, script];
}

// what shutdown.exe says, in any language, where one is in progress or scheduled: the numbers of Windows' errors
const IS_ON_ITS_WAY = /\((1115|1190)\)/;

function restartMachine(executionId: string, kind: OwnRestart): void {
  try {
    if (kind === "task") runWindowsTool("shutdown.exe", ["/r", "/t", "0", "/f"]);
    else if (kind === "systemd") runTool("systemctl", ["reboot"]);
    else runTool("shutdown", ["-r", "now"]);
  } catch (thrown) {
    // a step may have started the restart itself, and a command that requests one is ended once the restart begins
    if (pendingShutdown() === "restart" || (thrown instanceof ToolFailure && IS_ON_ITS_WAY.test(thrown.exit.stderr))) return;
    throw agentError("restart-failed", { executionId, cause: (thrown as Error).message.trim() }, { cause: thrown });
  }
}

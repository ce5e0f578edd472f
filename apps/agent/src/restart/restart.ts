import { resolve } from "node:path";
import type { RunInterrupted } from "@imagewright/document-engine";
import { cronTrigger } from "./cron-trigger.js";
import { agentError } from "../errors.js";
import { goingDown } from "./going-down.js";
import { runTool } from "./run-tool.js";
import { systemdTrigger } from "./systemd-trigger.js";
import { whoRestarts } from "./who-restarts.js";
import type { RestartMode } from "../commands/run-settings.js";
import type { Terminal } from "../terminal.js";

/** A run that has to outlive a restart. */
export interface RestartedRun {
  readonly executionId: string;
  readonly mode: RestartMode;
  readonly stateDirectory: string;
}

export interface RestartSurroundings extends Omit<RestartedRun, "executionId"> {
  readonly terminal: Terminal;
  /** Rejects when the agent is told to end. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/**
 * Restarts the machine so that the run goes on afterwards, or leaves that to the caller, who sees it from the exit code. Where the agent is told to
 * end before the restart begins, it leaves that out; the run still goes on after whatever restart comes.
 */
export async function restart(
  { executionId, place, delaySeconds }: RunInterrupted,
  { mode, stateDirectory, terminal, sleep }: RestartSurroundings,
): Promise<void> {
  const way = whoRestarts(mode);
  const wait = () =>
    sleep(delaySeconds * 1000).then(
      () => true,
      () => false,
    );
  if (way.kind === "caller") {
    terminal.err(
      `step ${place.step} asks for a restart, which is left to the caller (${way.reason}); the same command, or --resume ${executionId}, goes on\n`,
    );
    await wait();
    return;
  }
  if (process.getuid?.() !== 0) throw agentError("restart-needs-root", { executionId });
  setTrigger(way.kind, { executionId, mode, stateDirectory });
  terminal.err(
    `step ${place.step} asks for a restart; the machine restarts${delaySeconds > 0 ? ` in ${delaySeconds} s` : ""}, and the run goes on by itself\n`,
  );
  if (await wait()) restartMachine(executionId, way.kind);
  else
    terminal.err(
      `the agent does not restart the machine; the run goes on after the next restart, or with ib-agent run --resume ${executionId}\n`,
    );
}

/** Makes the agent go on with the run after the machine's next start. */
export function setTrigger(kind: "systemd" | "cron", { executionId, mode, stateDirectory }: RestartedRun): void {
  const command = [
    ...ownCommand(),
    "run",
    "--resume",
    executionId,
    "--state-directory",
    resolve(stateDirectory),
    ...(mode === "auto" ? [] : ["--restart", mode]),
  ];
  const trigger = kind === "systemd" ? systemdTrigger : cronTrigger;
  trigger.set({ executionId, command });
}

/** Removes what has started this run again. */
export function clearTriggers(executionId: string): void {
  if (process.getuid?.() !== 0) return;
  systemdTrigger.clear(executionId);
  cronTrigger.clear(executionId);
}

/** The packed agent is a program of its own; otherwise Node runs a script. */
function ownCommand(): string[] {
  const script = process.argv[1];
  return script === undefined || script.startsWith("/$bunfs/") ? [process.execPath] : [process.execPath, script];
}

function restartMachine(executionId: string, kind: "systemd" | "cron"): void {
  try {
    if (kind === "systemd") runTool("systemctl", ["reboot"]);
    else runTool("shutdown", ["-r", "now"]);
  } catch (thrown) {
    // a step may have begun the restart by itself, and what asks for one ends with everything else once it has begun
    if (goingDown() === "restart") return;
    throw agentError("restart-failed", { executionId, cause: (thrown as Error).message.trim() }, { cause: thrown });
  }
}

import { execFileSync } from "node:child_process";
import type { RunInterrupted } from "@imagewright/document-engine";
import { restartError } from "./errors.js";
import { cronTrigger, systemdTrigger } from "./trigger.js";
import { whoRestarts } from "./who-restarts.js";
import type { RestartMode } from "../commands/run-settings.js";
import type { Terminal } from "../terminal.js";

export interface RestartSurroundings {
  readonly mode: RestartMode;
  readonly stateDirectory: string;
  readonly workingDirectory: string;
  readonly terminal: Terminal;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Restarts the machine so that the run goes on afterwards, or leaves that to the caller, who sees it from the exit code. */
export async function restart({ executionId, place, delaySeconds }: RunInterrupted, { mode, stateDirectory, workingDirectory, terminal, sleep }: RestartSurroundings): Promise<void> {
  const way = whoRestarts(mode);
  if (way.kind === "caller") {
    terminal.err(`step ${place.step} asks for a restart, which is left to the caller (${way.reason}); the same command, or --resume ${executionId}, goes on\n`);
    await sleep(delaySeconds * 1000);
    return;
  }
  if (process.getuid?.() !== 0) throw restartError("restart-needs-root", { executionId });
  const command = [...ownCommand(), "run", "--resume", executionId, "--state-directory", stateDirectory, ...(mode === "auto" ? [] : ["--restart", mode])];
  const trigger = way.kind === "systemd" ? systemdTrigger : cronTrigger;
  trigger.set({ executionId, command, workingDirectory });
  terminal.err(`step ${place.step} asks for a restart; the machine restarts${delaySeconds > 0 ? ` in ${delaySeconds} s` : ""}, and the run goes on by itself\n`);
  await sleep(delaySeconds * 1000);
  restartMachine(executionId, way.kind);
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
    if (kind === "systemd") execFileSync("systemctl", ["reboot"], { stdio: ["ignore", "ignore", "pipe"] });
    else execFileSync("shutdown", ["-r", "now"], { stdio: ["ignore", "ignore", "pipe"] });
  } catch (thrown) {
    throw restartError("restart-failed", { executionId, cause: (thrown as Error).message }, { cause: thrown });
  }
}

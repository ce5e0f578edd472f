import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { restartError } from "./errors.js";

/** What starts the agent again after a restart of the machine. */
export interface Trigger {
  set(run: ResumedRun): void;
  /** Removes it; nothing happens where there is none. */
  clear(executionId: string): void;
}

export interface ResumedRun {
  readonly executionId: string;
  /** The program and its arguments, paths absolute. */
  readonly command: readonly string[];
  readonly workingDirectory: string;
}

const UNITS = "/etc/systemd/system";

/** A systemd unit that runs once the network is up. */
export const systemdTrigger: Trigger = {
  set({ executionId, command, workingDirectory }) {
    const unit = [
      "[Unit]",
      `Description=Imagewright run ${executionId} after a restart`,
      "Wants=network-online.target",
      "After=network-online.target multi-user.target",
      "",
      "[Service]",
      "Type=simple",
      `WorkingDirectory=${workingDirectory.replaceAll("%", "%%")}`,
      `ExecStart=${command.map(quoteForSystemd).join(" ")}`,
      "",
      "[Install]",
      "WantedBy=multi-user.target",
      "",
    ].join("\n");
    attempt(`${UNITS}/${unitName(executionId)}`, () => writeFileSync(`${UNITS}/${unitName(executionId)}`, unit));
    runTool("systemctl", ["enable", unitName(executionId)]);
  },
  clear(executionId) {
    const path = `${UNITS}/${unitName(executionId)}`;
    rmSync(`${UNITS}/multi-user.target.wants/${unitName(executionId)}`, { force: true });
    rmSync(path, { force: true });
  },
};

/** A job of root's crontab at `@reboot`. */
export const cronTrigger: Trigger = {
  set({ executionId, command, workingDirectory }) {
    const line = `@reboot cd ${quoteForShell(workingDirectory)} && ${command.map(quoteForShell).join(" ")} ${markOf(executionId)}`.replaceAll("%", "\\%");
    runTool("crontab", ["-"], [...crontabWithout(executionId), line, ""].join("\n"));
  },
  clear(executionId) {
    const before = currentCrontab();
    const kept = crontabWithout(executionId);
    if (kept.length < before.length) runTool("crontab", ["-"], [...kept, ""].join("\n"));
  },
};

function unitName(executionId: string): string {
  return `imagewright-${executionId}.service`;
}

function markOf(executionId: string): string {
  return `# imagewright ${executionId}`;
}

function crontabWithout(executionId: string): string[] {
  return currentCrontab().filter((line) => !line.endsWith(markOf(executionId)));
}

/** The lines of the user's crontab; none where there is no crontab, or no cron. */
function currentCrontab(): string[] {
  try {
    return execFileSync("crontab", ["-l"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).replace(/\n$/, "").split("\n");
  } catch {
    return [];
  }
}

function runTool(tool: string, parameters: readonly string[], input = ""): void {
  attempt(`${tool} ${parameters.join(" ")}`, () => execFileSync(tool, parameters, { input, stdio: ["pipe", "ignore", "pipe"] }));
}

function attempt(what: string, body: () => unknown): void {
  try {
    body();
  } catch (thrown) {
    throw restartError("trigger-not-set", { what, cause: (thrown as Error).message }, { cause: thrown });
  }
}

function quoteForSystemd(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replaceAll("%", "%%").replaceAll("$", "$$$$")}"`;
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

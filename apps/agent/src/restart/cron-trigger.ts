import { runTool, ToolFailure } from "./run-tool.js";
import { attemptTrigger, type ResumedRun, type Trigger } from "./trigger.js";

/** An `@reboot` job in the user's crontab. The other lines of the crontab stay, byte for byte. */
export const cronTrigger: Trigger = {
  set(run) {
    const kept = attemptTrigger("crontab -l", linesOfCrontab).filter((line) => !isOf(run.executionId, line));
    const line = attemptTrigger("crontab -", () => lineOf(run));
    attemptTrigger("crontab -", () => write([...kept, line]));
  },
  clear(executionId) {
    const before = linesOrNone();
    const kept = before.filter((line) => !isOf(executionId, line));
    if (kept.length < before.length) attemptTrigger("crontab -", () => write(kept));
  },
};

function lineOf({ executionId, command }: ResumedRun): string {
  const words = command.map(quoteForShell).join(" ");
  if (words.includes("\n")) throw new Error(`a crontab cannot contain the line break in ${JSON.stringify(words)}`);
  // cron removes a backslash before these two, and ends the command at a per cent sign without one
  const escaped = words.replace(/[\\%]/g, "\\$&");
  return Buffer.from(`@reboot ${escaped} ${markOf(executionId)}`).toString("latin1");
}

function markOf(executionId: string): string {
  return `# imagewright ${executionId}`;
}

function isOf(executionId: string, line: string): boolean {
  return line.endsWith(` ${markOf(executionId)}`);
}

/** The lines of the crontab; none if the user has none. Throws if it cannot be read, since writing it would then lose it. */
function linesOfCrontab(): string[] {
  try {
    return runTool("crontab", ["-l"]).split("\n").slice(0, -1);
  } catch (thrown) {
    if (thrown instanceof ToolFailure && /no crontab for/i.test(thrown.exit.stderr)) return [];
    throw thrown;
  }
}

/** As linesOfCrontab; also none if there is no cron. */
function linesOrNone(): string[] {
  try {
    return linesOfCrontab();
  } catch {
    return [];
  }
}

function write(lines: readonly string[]): void {
  if (lines.length === 0) runTool("crontab", ["-r"]);
  else runTool("crontab", ["-"], lines.map((line) => `${line}\n`).join(""));
}

/** Single quotes, in which only single quotes are special; without backslashes, which are special to cron as well. */
function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

import { runTool } from "./run-tool.js";
import { attemptTrigger, type ResumedRun, type Trigger } from "./trigger.js";

/** A job of the user's crontab at `@reboot`. The other lines of the crontab stay, byte for byte. */
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
  if (words.includes("\n")) throw new Error(`a crontab has no place for the line break in ${JSON.stringify(words)}`);
  // cron takes a backslash away before these two, and ends the command at a per cent sign without one
  const escaped = words.replace(/[\\%]/g, "\\$&");
  return Buffer.from(`@reboot ${escaped} ${markOf(executionId)}`).toString("latin1");
}

function markOf(executionId: string): string {
  return `# imagewright ${executionId}`;
}

function isOf(executionId: string, line: string): boolean {
  return line.endsWith(` ${markOf(executionId)}`);
}

/** The lines of the crontab; none where the user has none. Throws where it cannot be read, since writing it then would lose it. */
function linesOfCrontab(): string[] {
  try {
    return runTool("crontab", ["-l"]).split("\n").slice(0, -1);
  } catch (thrown) {
    if (/no crontab for/i.test((thrown as { readonly stderr?: string }).stderr ?? "")) return [];
    throw thrown;
  }
}

/** As linesOfCrontab; also none where there is no cron. */
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

/** Single quotes, which leave alone all but themselves; without backslashes, which mean something to cron as well. */
function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

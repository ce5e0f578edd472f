import { escapeControls } from "@imagewright/diagnostics";
import type { RunEvent } from "@imagewright/document-engine";
import { logTime } from "./times.js";

// standard error is written at once at the end of an attempt; more than this is written in several parts
const LARGEST_STDERR_PIECE = 256 * 1024;
const LINE_FEED = 10;

/** Receives a chunk of a log: text, or bytes that need not be text. */
export type LogWriter = (piece: string | Uint8Array) => void;

/**
 * Converts the events of a run to the lines of console.log. Standard output is written line by line as it is printed, standard error at
 * once when the command has ended, as in recorded runs of awstoe. What commands print keeps its bytes; the lines of the agent itself are
 * one line each, whatever the names and messages in them contain.
 */
export class ConsoleLog {
  #stdoutLineIsOpen = false;
  #stderr: Buffer[] = [];
  #stderrBytes = 0;

  /** The buffer in which output gets its time stamps, reused since a command may print a lot. */
  #stamped = Buffer.alloc(0);

  /** The memory passed to `write` may be reused after the call. */
  constructor(private readonly write: LogWriter) {}

  take(event: RunEvent): void {
    if (event.type === "step-output") {
      if (event.chunk.length === 0) return;
      if (event.stream === "stdout") this.#writeStdout(event.chunk, event.time);
      else this.#keepStderr(event.chunk, event.time);
      return;
    }
    for (const text of linesFor(event)) this.#line(text, event.time);
    if (event.type === "restart-requested") this.#endForRestart(event);
    if (event.type === "attempt-finished") this.#endAttempt(event);
  }

  #line(text: string, time: number): void {
    this.#closeStdoutLine();
    this.write(`${logTime(time)} Info ${escapeControls(text)}\n`);
  }

  #writeStdout(chunk: Uint8Array, time: number): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const prefix = Buffer.from(`${logTime(time)} Info Stdout: `);
    this.#makeRoom(bytes.length, prefix.length);
    let used = 0;
    for (let start = 0; start < bytes.length;) {
      const lineFeed = bytes.indexOf(LINE_FEED, start);
      const end = lineFeed < 0 ? bytes.length : lineFeed + 1;
      if (used + prefix.length + end - start > this.#stamped.length) used = this.#writeStamped(used);
      if (!this.#stdoutLineIsOpen) used += prefix.copy(this.#stamped, used);
      used += bytes.copy(this.#stamped, used, start, end);
      this.#stdoutLineIsOpen = lineFeed < 0;
      start = end;
    }
    this.#writeStamped(used);
  }

  /** Makes room for any line of the chunk, and usually for all of them with their time stamps. */
  #makeRoom(chunkBytes: number, prefixBytes: number): void {
    const needed = prefixBytes + 2 * chunkBytes;
    if (this.#stamped.length < needed) this.#stamped = Buffer.allocUnsafe(needed);
  }

  #writeStamped(used: number): 0 {
    this.write(this.#stamped.subarray(0, used));
    return 0;
  }

  #closeStdoutLine(): void {
    if (this.#stdoutLineIsOpen) this.write("\n");
    this.#stdoutLineIsOpen = false;
  }

  #keepStderr(chunk: Uint8Array, time: number): void {
    this.#stderr.push(Buffer.from(chunk));
    this.#stderrBytes += chunk.length;
    if (this.#stderrBytes > LARGEST_STDERR_PIECE) this.#writeStderr(time);
  }

  #writeStderr(time: number): void {
    if (this.#stderrBytes === 0) return;
    this.#closeStdoutLine();
    this.write(`${logTime(time)} Info Stderr: `);
    for (const chunk of this.#stderr) this.write(chunk);
    this.write("\n");
    this.#stderr = [];
    this.#stderrBytes = 0;
  }

  #endForRestart({ time, exitCode }: Extract<RunEvent, { type: "restart-requested" }>): void {
    this.#line("Getting reboot signal", time);
    this.#writeStderr(time);
    if (exitCode !== undefined) this.#line(`ExitCode ${exitCode}`, time);
    this.#line("Rebooting the system now", time);
  }

  #endAttempt(event: Extract<RunEvent, { type: "attempt-finished" }>): void {
    const { exitCode, time } = event;
    this.#closeStdoutLine();
    if (exitCode === 0 && event.failureMessage === "") this.#line("Command execution completed successfully", time);
    this.#writeStderr(time);
    if (exitCode !== undefined) this.#line(`ExitCode ${exitCode}`, time);
    if (event.failureMessage !== "")
      this.#line(`Step ${event.step} attempt ${event.attempt} failed: ${event.failureMessage}${event.again ? "; trying again" : ""}`, time);
  }
}

function describeCondition({
  step,
  condition: { value, explanation, decision },
}: Extract<RunEvent, { type: "condition-evaluated" }>): string[] {
  const found = `the condition is ${value}${explanation === "" ? "" : `: ${explanation}`}`;
  if (decision === "Execute") return [`Step ${step}: ${found}`];
  return [`Step ${step} ${decision === "Skip" ? "skipped" : "aborted"}: ${found}`];
}

/** The failure of an attempt has been reported when it ended. */
function failureOf({ step, result }: Extract<RunEvent, { type: "step-finished" }>): string[] {
  return result.attempts === 0 && result.outcome !== "skipped" ? [`Step ${step} failed: ${result.failureMessage}`] : [];
}

function linesFor(event: RunEvent): string[] {
  switch (event.type) {
    case "run-resumed":
      return ["Recovery completed for detailed output."];
    case "restart-finished":
      return ["Executor: System has rebooted successfully"];
    case "document-started":
      return [`Document ${event.document}`];
    case "phase-started":
      return [`Phase ${event.phase}`];
    case "step-started":
      return [`Step ${event.step}`];
    case "condition-evaluated":
      return describeCondition(event);
    case "step-log":
      return [event.text];
    case "step-finished":
      return [...(event.result.warnings ?? []).map(({ line, message }) => `Warning in line ${line}: ${message}`), ...failureOf(event)];
    case "run-finished":
      return [`TOE has completed execution ${event.status === "failed" ? "with failure - Execution failed!" : "successfully"}`];
    default:
      return [];
  }
}

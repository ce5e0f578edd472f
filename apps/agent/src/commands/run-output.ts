import { openLogStream, type AwsSettings, type LogStream } from "@imagewright/aws";
import { StepOutput, toAgentEvents } from "@imagewright/component-runner";
import { createStyles, joinSafe, OutputEscaper, safe, safeLines } from "@imagewright/diagnostics";
import type { RunEvent } from "@imagewright/document-engine";
import { untilAborted } from "@imagewright/node-host";
import type { Terminal } from "../terminal.js";
import { LineBuffer } from "./line-buffer.js";
import type { RunEvents } from "./run-events.js";
import type { SavedSettings } from "./saved-settings.js";

export interface RunOutputParts {
  readonly terminal: Terminal;
  readonly events: RunEvents;
  readonly aws: AwsSettings;
  /** Whether the output of steps is shown with what a terminal obeys. */
  readonly raw: boolean;
}

/** Where a run reports what happens while it runs: events, console.log on standard error and in CloudWatch Logs, output of steps. */
export class RunOutput {
  /** Each chunk of console.log; undefined if nobody wants it. */
  readonly onConsole: ((bytes: Uint8Array) => void) | undefined;
  readonly #traced = new OutputEscaper();
  readonly #stream: LogStream | undefined;
  // the service compares these times with its own
  readonly #lines = new LineBuffer((line) => this.#stream?.write(line, new Date().getTime()));
  readonly #show: ((event: RunEvent) => void) | undefined;

  constructor(
    private readonly saved: SavedSettings,
    private readonly parts: RunOutputParts,
  ) {
    const { terminal, aws, raw } = parts;
    if (saved.logStream !== undefined) {
      const onProblem = (problem: Error) => terminal.err(safe`warning: ${safeLines(problem.message)}\n`);
      this.#stream = openLogStream({ ...saved.logStream, aws, onProblem });
    }
    if (saved.showOutput === true) this.#show = showOutput(terminal, raw);
    if (saved.trace || this.#stream !== undefined) this.onConsole = (bytes) => this.#takeConsole(bytes);
  }

  take(event: RunEvent): void {
    this.parts.events.take(event);
    this.#show?.(event);
  }

  /** Errors: those of CloudWatch Logs, and the signal's reason. */
  async close(signal: AbortSignal): Promise<void> {
    this.parts.events.close();
    this.parts.terminal.err(this.#traced.end());
    this.#lines.end();
    if (this.#stream !== undefined) await untilAborted(signal, this.#stream.close());
  }

  #takeConsole(bytes: Uint8Array): void {
    if (this.saved.trace) this.#trace(bytes);
    if (this.#stream !== undefined) this.#lines.push(bytes);
  }

  #trace(bytes: Uint8Array): void {
    const { terminal, raw } = this.parts;
    // the terminal may write the chunk later
    if (raw) terminal.rawErr(Buffer.from(bytes));
    else terminal.err(this.#traced.push(bytes));
  }
}

/** Shows the output of steps below a line with their document and phase. */
function showOutput(terminal: Terminal, raw: boolean): (event: RunEvent) => void {
  const { color } = terminal;
  const { bold, dim } = createStyles(color);
  const output = new StepOutput({ color, raw });
  return toAgentEvents((event) => {
    if (event.type === "phase-started") terminal.err(safe`${"  ".repeat(event.depth + 1)}${bold(event.document)} ${dim(event.phase)}\n`);
    const lines = output.take(event);
    if (lines.length > 0) terminal.err(safe`${joinSafe(lines, "\n")}\n`);
  });
}

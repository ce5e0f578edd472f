import type { AgentEvent, AgentEventOf } from "@imagewright/agent-protocol";
import { createStyles, safe, shownOutput, type SafeText, type Styles } from "@imagewright/diagnostics";

export interface StepOutputOptions {
  readonly color?: boolean;
  /** Whether lines are shown as they were printed, with what a terminal obeys. */
  readonly raw?: boolean;
}

type Printed = AgentEventOf<"step-output" | "step-log" | "output-left-out">;

// in characters; more without a line feed is shown as several lines
const LONGEST_LINE = 16 * 1024;

/**
 * What steps print, for people who watch: whole lines, each behind the name of its step, indented as deep as its document is nested. A line
 * is shown when it has ended, or with its step.
 */
export class StepOutput {
  readonly #styles: Styles;
  readonly #raw: boolean;
  /** The lines that have not ended, by depth and stream, with the event that brought their last piece. */
  readonly #open = new Map<string, { readonly text: string; readonly event: Printed }>();

  constructor({ color = false, raw = false }: StepOutputOptions = {}) {
    this.#styles = createStyles(color);
    this.#raw = raw;
  }

  /** The lines that an event adds, without line breaks at their ends. */
  take(event: AgentEvent): SafeText[] {
    switch (event.type) {
      case "step-output":
        return this.#push(event);
      case "step-log":
        return [
          ...this.#end(event.depth),
          ...event.text
            .trimEnd()
            .split("\n")
            .map((text) => this.#line(event, text)),
        ];
      case "output-left-out":
        return [...this.#end(event.depth), this.#line(event, `… ${event.bytes} bytes more, which are in console.log only`)];
      case "attempt-finished":
      case "restart-requested":
      case "step-finished":
        return this.#end(event.depth);
      default:
        return [];
    }
  }

  #push(event: AgentEventOf<"step-output">): SafeText[] {
    const name = nameOf(event);
    const lines = `${this.#open.get(name)?.text ?? ""}${event.text}`.split("\n");
    const rest = lines.pop() ?? "";
    const isTooLong = rest.length > LONGEST_LINE;
    if (rest === "" || isTooLong) this.#open.delete(name);
    else this.#open.set(name, { text: rest, event });
    return [...lines, ...(isTooLong ? [rest] : [])].map((text) => this.#line(event, text));
  }

  #end(depth: number): SafeText[] {
    return (["stdout", "stderr"] as const).flatMap((stream) => {
      const name = nameOf({ depth, stream });
      const open = this.#open.get(name);
      this.#open.delete(name);
      return open === undefined ? [] : [this.#line(open.event, open.text)];
    });
  }

  #line({ depth, step }: Printed, text: string): SafeText {
    return safe`${"  ".repeat(depth + 2)}${step} ${this.#styles.dim("|")} ${shownOutput(text, { raw: this.#raw })}`;
  }
}

function nameOf({ depth, stream }: { readonly depth: number; readonly stream: string }): string {
  return `${depth} ${stream}`;
}

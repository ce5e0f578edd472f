import { secondsOf, type AgentEvent, type AgentEventOf } from "@imagewright/agent-protocol";
import type { StepLabels } from "@imagewright/step-actions";
import { draftsOf, type LogDraft } from "./log-draft.js";

const LONGEST_LINE = 16 * 1024;

/**
 * The lines that the events of one run of the agent make. The same events make the same lines, so that a process that reads them again from
 * the first one knows by their number which of them an earlier process has stored.
 */
export class LinesOfRun {
  /** What has no line break yet: by the step that prints it, and the stream. */
  readonly #begun = new Map<string, LogDraft>();

  constructor(private readonly of: Pick<StepLabels, "workflowExecutionId" | "stepName">) {}

  take(event: AgentEvent): readonly LogDraft[] {
    switch (event.type) {
      case "step-output":
        return this.#print(event);
      case "step-finished":
        return [...this.#end(event.key), ...this.#say(event, describeEnd(event))];
      case "run-finished":
        return this.end();
      default: {
        const text = describe(event);
        return text === undefined ? [] : this.#say(event, text);
      }
    }
  }

  /** What was printed without a line break at its end. */
  end(): readonly LogDraft[] {
    const lines = [...this.#begun.values()];
    this.#begun.clear();
    return lines;
  }

  #print(event: AgentEventOf<"step-output">): readonly LogDraft[] {
    const name = `${event.stream} ${event.key}`;
    const begun = this.#begun.get(name);
    this.#begun.delete(name);
    const place = { ...this.#place(event.time), stream: event.stream } as const;
    const texts = `${begun?.text ?? ""}${event.text}`.split("\n").flatMap(inPieces);
    const rest = texts.pop() ?? "";
    const lines = texts.map((text, index) => ({ ...place, ...(index === 0 && begun && { at: begun.at }), text: text.replace(/\r$/, "") }));
    if (rest !== "") this.#begun.set(name, { ...place, ...(lines.length === 0 && begun && { at: begun.at }), text: rest });
    return lines;
  }

  #end(key: string): readonly LogDraft[] {
    return (["stdout", "stderr"] as const).flatMap((stream) => {
      const line = this.#begun.get(`${stream} ${key}`);
      this.#begun.delete(`${stream} ${key}`);
      return line ?? [];
    });
  }

  #say({ time }: AgentEvent, text: string): readonly LogDraft[] {
    return draftsOf(text, { ...this.#place(time), stream: "log" });
  }

  #place(time: number) {
    return { at: new Date(time), workflowExecutionId: this.of.workflowExecutionId, step: this.of.stepName };
  }
}

/** Whole characters only. */
function inPieces(text: string): readonly string[] {
  if (text.length <= LONGEST_LINE) return [text];
  const last = text.charCodeAt(LONGEST_LINE - 1);
  const end = last >= 0xd800 && last < 0xdc00 ? LONGEST_LINE - 1 : LONGEST_LINE;
  return [text.slice(0, end), ...inPieces(text.slice(end))];
}

function describe(event: AgentEvent): string | undefined {
  switch (event.type) {
    case "phase-started":
      return `phase ${event.phase} of ${event.document}`;
    case "step-started":
      return `${event.step} (${event.action})`;
    case "iteration-started":
      return `${event.step}: round ${event.index + 1}: ${event.value}`;
    case "condition-evaluated":
      return event.decision === "Execute" ? undefined : `${event.step}: ${event.explanation}`;
    case "step-log":
      return event.text;
    case "output-left-out":
      return `${event.step}: ${event.bytes} bytes of output are in console.log alone`;
    case "attempt-finished":
      return event.again ? `${event.step}: attempt ${event.attempt} failed: ${event.failureMessage}; trying again` : undefined;
    case "restart-requested":
      return `${event.step} asks for a restart`;
    case "restart-finished":
      return `${event.step} goes on after the restart`;
    default:
      return undefined;
  }
}

function describeEnd(event: AgentEventOf<"step-finished">): string {
  const { status, failureMessage } = event.result;
  return `${event.step}: ${status} in ${secondsOf(event).toFixed(1)} s${failureMessage === "" ? "" : `: ${failureMessage}`}`;
}

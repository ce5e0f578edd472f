import { StringDecoder } from "node:string_decoder";
import {
  LONGEST_MESSAGE,
  LONGEST_NAME,
  LONGEST_OUTPUT_PIECE,
  type AgentStepResult,
  type AgentStepWarning,
  type EventDraft,
} from "@imagewright/agent-protocol";
import { escapeControls } from "@imagewright/diagnostics";
import type { RunEvent, StepResult, StepWarning } from "@imagewright/document-engine";

type OutputEvent = Extract<RunEvent, { readonly type: "step-output" }>;
type Place = Pick<EventDraft, "time" | "depth" | "parent">;

const LONGEST_HINT = 1000;
const MOST_HINTS = 20;

/** Converts the events of a run to the agent's protocol: plain JSON, output as text in pieces, names and messages within limits. */
export class EventDrafts {
  /** Of each depth and stream: a chunk may end within a character. */
  readonly #decoders = new Map<string, { readonly decoder: StringDecoder; readonly last: OutputEvent }>();

  take(event: RunEvent): EventDraft[] {
    if (event.type === "step-output") return this.#output(event);
    if (event.type === "step-recalled") {
      const { result } = event;
      // lost if the process died between its record and its report; otherwise it is reported already
      return [...draftsOf({ ...event, type: "step-started", action: result.action }), ...draftsOf({ ...event, type: "step-finished" })];
    }
    return [...this.#endOfOutput(event), ...draftsOf(event)];
  }

  #output(event: OutputEvent): EventDraft[] {
    const name = `${event.depth} ${event.stream}`;
    const decoder = this.#decoders.get(name)?.decoder ?? new StringDecoder("utf8");
    this.#decoders.set(name, { decoder, last: event });
    return pieces(event, decoder.write(Buffer.from(event.chunk.buffer, event.chunk.byteOffset, event.chunk.byteLength)));
  }

  /** What is left of the output of a step that ends: an incomplete character. */
  #endOfOutput({ type, depth }: RunEvent): EventDraft[] {
    if (type !== "attempt-finished" && type !== "restart-requested" && type !== "step-finished") return [];
    return ["stdout", "stderr"].flatMap((stream) => {
      const open = this.#decoders.get(`${depth} ${stream}`);
      this.#decoders.delete(`${depth} ${stream}`);
      return open === undefined ? [] : pieces(open.last, open.decoder.end());
    });
  }
}

function pieces(event: OutputEvent, text: string): EventDraft[] {
  const { stream } = event;
  const drafts: EventDraft[] = [];
  for (let start = 0; start < text.length; start += LONGEST_OUTPUT_PIECE)
    drafts.push({
      ...headOf(event),
      type: "step-output",
      ...stepOf(event),
      stream,
      text: text.slice(start, start + LONGEST_OUTPUT_PIECE),
    });
  return drafts;
}

function draftsOf(event: Exclude<RunEvent, { readonly type: "step-output" | "step-recalled" }>): EventDraft[] {
  const head = headOf(event);
  switch (event.type) {
    case "run-started":
      return [{ ...head, type: event.type, executionId: event.executionId, documents: event.documents.map(name) }];
    case "run-resumed":
      return [{ ...head, type: event.type, executionId: event.executionId }];
    case "document-started":
      return [{ ...head, type: event.type, ...documentOf(event) }];
    case "phase-started":
      return [{ ...head, type: event.type, ...phaseOf(event), steps: event.steps }];
    case "restart-finished":
      return [{ ...head, type: event.type, ...stepOf(event) }];
    case "step-started":
      return [{ ...head, type: event.type, ...stepOf(event), action: name(event.action) }];
    case "condition-evaluated": {
      const { value, decision, explanation } = event.condition;
      return [{ ...head, type: event.type, ...stepOf(event), value, decision, explanation: message(explanation) }];
    }
    case "iteration-started":
      return [{ ...head, type: event.type, ...stepOf(event), index: event.index, value: message(event.value) }];
    case "step-log":
      return [{ ...head, type: event.type, ...stepOf(event), text: cut(event.text, LONGEST_OUTPUT_PIECE) }];
    case "attempt-finished":
    case "attempt-recalled": {
      const { attempt, exitCode, failureMessage, again } = event;
      const end = { attempt, ...(exitCode === undefined ? {} : { exitCode }), failureMessage: message(failureMessage), again };
      return [{ ...head, type: "attempt-finished", ...stepOf(event), ...end }];
    }
    case "restart-requested": {
      const { exitCode, delaySeconds } = event;
      const request = { ...(exitCode === undefined ? {} : { exitCode }), delaySeconds: Math.round(delaySeconds) };
      return [{ ...head, type: event.type, ...stepOf(event), ...request }];
    }
    case "step-finished":
      return [{ ...head, type: event.type, ...stepOf(event), result: resultOf(event.result) }];
    case "phase-finished":
      return [{ ...head, type: event.type, ...phaseOf(event), status: event.status }];
    case "document-finished":
      return [{ ...head, type: event.type, ...documentOf(event), status: event.status }];
    case "run-finished":
      return [{ ...head, type: event.type, executionId: event.executionId, status: event.status, cancelled: event.cancelled }];
  }
}

function headOf({ time, depth, parent }: RunEvent): Place {
  return { time, depth, ...(parent === undefined ? {} : { parent: name(parent) }) };
}

function documentOf({ document, key }: { readonly document: string; readonly key: string }) {
  return { document: name(document), key: name(key) };
}

function phaseOf(place: { readonly document: string; readonly phase: string; readonly key: string }) {
  return { ...documentOf(place), phase: name(place.phase) };
}

function stepOf(place: { readonly document: string; readonly phase: string; readonly step: string; readonly key: string }) {
  return { ...phaseOf(place), step: name(place.step) };
}

function resultOf(result: StepResult): AgentStepResult {
  const { action, outcome, status, failureMessage, hints, warnings, attempts, maxAttempts, exitCode, changed, lastLines } = result;
  const { line, startTime, endTime } = result;
  return {
    ...{ action: name(action), outcome, status, failureMessage: message(failureMessage) },
    ...{ hints: cutHints(hints), ...(warnings === undefined ? {} : { warnings: warnings.map(warningOf) }) },
    ...{ attempts, maxAttempts },
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(changed === undefined ? {} : { changed }),
    lastLines: lastLines.map(message),
    ...{ line, startTime, endTime },
  };
}

function warningOf({ line, message: text, hints }: StepWarning): AgentStepWarning {
  return { line, message: message(text), hints: cutHints(hints) };
}

function cutHints(hints: readonly string[]): string[] {
  return hints.slice(0, MOST_HINTS).map((hint) => cut(hint, LONGEST_HINT));
}

function name(text: string): string {
  return cut(escapeControls(text), LONGEST_NAME);
}

function message(text: string): string {
  return cut(text, LONGEST_MESSAGE);
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

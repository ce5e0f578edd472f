import type { AgentEvent, EventDraft } from "../agent-event.js";
import { PROTOCOL } from "../protocol.js";
import { RunOrder } from "../read/run-order.js";
import { OutputLimits } from "./output-limits.js";

/**
 * Numbers the events of a job, in time, within the limits of output. Begun with the events of the part of a run that was interrupted, it
 * continues that: what those say has ended is not told again.
 */
export class EventSequence {
  readonly #order = new RunOrder({ executionId: undefined, documents: undefined, open: [] });
  readonly #limits = new OutputLimits();
  /** The documents, phases, steps and attempts that have ended. */
  readonly #ended = new Set<string>();
  #seq = 0;
  #time = 0;

  /** The run that the events are of; undefined before the first. */
  get executionId(): string | undefined {
    return this.#order.state.executionId;
  }

  /** Continues from an event that was written before. */
  replay(event: AgentEvent): void {
    this.#order.take(event);
    this.#limits.leavesOut(event);
    this.#note(event);
    this.#seq = event.seq;
    this.#time = Math.max(this.#time, event.time);
  }

  /** The events to write: none for one that is left out. */
  next(draft: EventDraft): AgentEvent[] {
    if (this.#isTold(draft)) return [];
    const leftOut = this.#limits.leftOutBefore(draft);
    // an action that its step has given up may still report what fits nowhere
    const fits = this.#order.take(draft) === undefined;
    const events = leftOut === undefined ? [] : [this.#number(leftOut)];
    if (!fits || this.#limits.leavesOut(draft)) return events;
    this.#note(draft);
    return [...events, this.#number(draft)];
  }

  #number({ time, depth, parent, ...body }: EventDraft): AgentEvent {
    this.#seq += 1;
    this.#time = Math.max(this.#time, time);
    const head = { protocol: PROTOCOL, seq: this.#seq, time: this.#time, depth, ...(parent === undefined ? {} : { parent }) };
    // a spread of a union is not narrowed
    const event = { ...head, ...body } as AgentEvent;
    return event.type === "step-finished" ? { ...event, result: inOrder(event.result, this.#time) } : event;
  }

  #isTold(event: EventDraft): boolean {
    if (event.type === "run-finished") return this.#ended.has("");
    if (!("key" in event)) return false;
    return this.#ended.has(event.key) || (event.type === "attempt-finished" && this.#ended.has(attemptKey(event)));
  }

  #note(event: EventDraft): void {
    if (event.type === "run-finished") this.#ended.add("");
    else if (event.type === "attempt-finished") this.#ended.add(attemptKey(event));
    else if (event.type === "document-finished" || event.type === "phase-finished" || event.type === "step-finished")
      this.#ended.add(event.key);
  }
}

function attemptKey({ key, attempt }: { readonly key: string; readonly attempt: number }): string {
  return `${key}\n${attempt}`;
}

/** The clock of a machine may have gone back while a step ran. */
function inOrder<Times extends { readonly startTime: number; readonly endTime: number }>(result: Times, time: number): Times {
  const endTime = Math.min(result.endTime, time);
  return { ...result, endTime, startTime: Math.min(result.startTime, endTime) };
}

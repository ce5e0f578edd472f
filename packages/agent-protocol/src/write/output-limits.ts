import type { EventDraft } from "../agent-event.js";
import { EVENTS_OF_STEP, OUTPUT_OF_JOB, OUTPUT_OF_STEP } from "../limits.js";

/** What one step has had, and what was left out. */
interface Usage {
  bytes: number;
  readonly events: Partial<Record<EventDraft["type"], number>>;
  leftOutBytes: number;
  leftOutEvents: number;
}

/** Keeps the output of steps within the limits of a step and of the job. */
export class OutputLimits {
  #ofJob = 0;
  /** Of the running step of each depth. */
  readonly #steps: (Usage | undefined)[] = [];

  /** Whether an event is left out. */
  leavesOut(event: EventDraft): boolean {
    if (event.type === "step-started") this.#steps[event.depth] = { bytes: 0, events: {}, leftOutBytes: 0, leftOutEvents: 0 };
    const usage = this.#steps[event.depth];
    if (usage === undefined) return false;
    if (event.type === "step-output" || event.type === "step-log") return this.#leavesOutText(event, usage);
    if (event.type !== "iteration-started" && event.type !== "attempt-finished") return false;
    if (isWithin(usage, event.type)) return false;
    usage.leftOutEvents += 1;
    return true;
  }

  /** What to tell before this event; undefined if nothing was left out. */
  leftOutBefore(event: EventDraft): EventDraft | undefined {
    if (event.type !== "step-finished" && event.type !== "restart-requested") return undefined;
    const { leftOutBytes: bytes = 0, leftOutEvents: events = 0 } = this.#steps[event.depth] ?? {};
    this.#steps[event.depth] = undefined;
    if (bytes === 0 && events === 0) return undefined;
    const { time, depth, parent, document, phase, step, key } = event;
    const head = { time, depth, ...(parent === undefined ? {} : { parent }) };
    return { ...head, type: "output-left-out", document, phase, step, key, bytes, events };
  }

  #leavesOutText({ type, text }: Extract<EventDraft, { readonly text: string }>, usage: Usage): boolean {
    const bytes = Buffer.byteLength(text);
    // once something is left out, so is the rest: output with holes would mislead
    const fits = usage.leftOutBytes === 0 && usage.bytes + bytes <= OUTPUT_OF_STEP && this.#ofJob + bytes <= OUTPUT_OF_JOB;
    if (!fits || !isWithin(usage, type)) {
      usage.leftOutBytes += bytes;
      return true;
    }
    usage.bytes += bytes;
    this.#ofJob += bytes;
    return false;
  }
}

function isWithin({ events }: Usage, type: EventDraft["type"]): boolean {
  events[type] = (events[type] ?? 0) + 1;
  return events[type] <= EVENTS_OF_STEP;
}

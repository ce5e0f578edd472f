import { escapeControls } from "@imagewright/diagnostics";
import type { AgentEvent } from "../agent-event.js";
import { LONGEST_JOB, LONGEST_LINE } from "../limits.js";
import { parseProtocol, PROTOCOL, SUPPORTED, type OtherProtocol } from "../protocol.js";
import { fitSchema } from "../schema/fit-schema.js";
import { eventSchemas, headSchema } from "../schema/event-schemas.js";
import { asInEvents, type KnownDocument } from "./known-document.js";
import { RefusedLines, type EventNotice, type RefusedFor } from "./refused-lines.js";
import { RunOrder, type OpenRun } from "./run-order.js";

export interface EventReaderOptions {
  /** The documents of the run, as far as they are known. Any by default. */
  readonly documents?: readonly KnownDocument[] | undefined;
  /** The state of a reader of the lines before, to continue from. */
  readonly state?: EventReaderState | undefined;
}

/** How far a job has been read. Plain data of bounded size, which another process can continue from. */
export interface EventReaderState extends OpenRun {
  nextSeq: number;
  /** The lines refused since the last event: only as many numbers may be missing. */
  refusedSince: number;
  firstTime: number | undefined;
  lastTime: number;
  /** How many lines were refused, by the reason. */
  refused: Partial<Record<RefusedFor, number>>;
  otherProtocol: OtherProtocol | undefined;
}

export interface EventReading {
  /** Those that fit to their schema and to the run, in order. */
  readonly events: readonly AgentEvent[];
  readonly notices: readonly EventNotice[];
  /** The job speaks another major version: it should be ended, and nothing more is read from it. */
  readonly otherProtocol: OtherProtocol | undefined;
}

/** Reads the lines of a job's `events.jsonl`, which its steps can forge: each is checked, and what does not fit is only counted. */
export interface EventReader {
  /** Takes whole lines, without line feeds. */
  read(lines: Iterable<string>): EventReading;
  readonly state: EventReaderState;
}

export function createEventReader({ documents, state }: EventReaderOptions = {}): EventReader {
  return new CheckingReader(documents, state === undefined ? newState() : structuredClone(state));
}

function newState(): EventReaderState {
  return {
    ...{ executionId: undefined, documents: undefined, open: [] },
    ...{ nextSeq: 1, refusedSince: 0, firstTime: undefined, lastTime: 0, refused: {}, otherProtocol: undefined },
  };
}

class CheckingReader implements EventReader {
  readonly #order: RunOrder;
  readonly #refused: RefusedLines;
  readonly #names: ReadonlyMap<string, string>;

  constructor(
    given: readonly KnownDocument[] | undefined,
    readonly state: EventReaderState,
  ) {
    const documents = given?.map(asInEvents);
    this.#order = new RunOrder(state, documents);
    this.#refused = new RefusedLines(state.refused);
    this.#names = new Map(documents?.map(({ document, name = document }) => [document, name]));
  }

  read(lines: Iterable<string>): EventReading {
    const events: AgentEvent[] = [];
    for (const line of lines) {
      if (this.state.otherProtocol !== undefined) break;
      const event = this.#accept(line);
      if (event !== undefined) events.push(this.#rename(event));
    }
    return { events, notices: this.#refused.take(), otherProtocol: this.state.otherProtocol };
  }

  #accept(line: string): AgentEvent | undefined {
    if (line.length > LONGEST_LINE) return this.#refuse("too-long", `longer than ${LONGEST_LINE} bytes`, line);
    const parsed = parseObject(line);
    if (parsed === undefined) return this.#refuse("not-an-event", "not a JSON object", line);
    const version = parseProtocol(parsed["protocol"]);
    if (version !== undefined && version.major !== SUPPORTED.major) {
      this.state.otherProtocol = { found: escapeControls(String(parsed["protocol"])), supported: PROTOCOL };
      return undefined;
    }
    const head = fitSchema(parsed, headSchema);
    if ("fault" in head) return this.#refuse("not-an-event", head.fault, line);
    const { type, seq, time } = head.value as Pick<AgentEvent, "type" | "seq" | "time">;
    const isKnown = Object.hasOwn(eventSchemas, type);
    if (!isKnown && version?.minor === SUPPORTED.minor) return this.#refuse("unknown-type", `no event has the type ${type}`, line);
    const checked = isKnown ? fitSchema(parsed, eventSchemas[type]) : head;
    if ("fault" in checked) return this.#refuse("not-an-event", checked.fault, line);
    const { nextSeq, refusedSince } = this.state;
    if (seq < nextSeq) return this.#refuse("repeated", `number ${seq} has been read before`, line);
    // numbers may be missing where lines could not be read, and only as many: otherwise one forged number would hide all that follow
    if (seq > nextSeq + refusedSince) return this.#refuse("out-of-sequence", `number ${seq} comes after ${nextSeq - 1}`, line);
    if (!this.#isInTime(time)) return this.#refuse("time-out-of-range", `time ${time} is before or long after the start`, line);
    // an addition of a later minor version
    if (!isKnown) return this.#advance(seq, time);
    return this.#inOrder(checked.value as AgentEvent, line);
  }

  #inOrder(event: AgentEvent, line: string): AgentEvent | undefined {
    const { firstTime = event.time, lastTime } = this.state;
    const time = Math.max(event.time, lastTime);
    if (event.type === "step-finished") {
      const { startTime, endTime } = event.result;
      if (startTime > endTime || startTime < firstTime || endTime > time)
        return this.#refuse("time-out-of-range", "the times of its result are not in order", line);
    }
    const fault = this.#order.take(event);
    if (fault !== undefined) return this.#refuse("not-of-this-run", fault, line);
    this.#advance(event.seq, time);
    return time === event.time ? event : { ...event, time };
  }

  #isInTime(time: number): boolean {
    const { firstTime = time } = this.state;
    return time >= firstTime && time <= firstTime + LONGEST_JOB;
  }

  #advance(seq: number, time: number): undefined {
    const { state } = this;
    state.nextSeq = seq + 1;
    state.refusedSince = 0;
    state.firstTime ??= time;
    state.lastTime = Math.max(state.lastTime, time);
  }

  #refuse(refusal: RefusedFor, fault: string, line: string): undefined {
    if (refusal !== "repeated") this.state.refusedSince += 1;
    this.#refused.add(refusal, fault, line);
  }

  #rename(event: AgentEvent): AgentEvent {
    const nameOf = (document: string) => this.#names.get(document) ?? document;
    if (event.type === "run-started") return { ...event, documents: event.documents.map(nameOf) };
    return "document" in event && event.depth === 0 ? { ...event, document: nameOf(event.document) } : event;
  }
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

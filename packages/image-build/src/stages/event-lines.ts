import { StringDecoder } from "node:string_decoder";
import type { RunEvent } from "@imagewright/document-engine";

// far above an event whose step has several outputs of the largest size; longer lines are truncated
const LONGEST_LINE = 64 * 1024 * 1024;
// only the beginning of a long line is useful
const LONGEST_NOTICE = 4096;

/** Reads the agent's event stream: one JSON object a line; every other line is a notice. */
export class EventLines {
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";
  lastNotice = "";

  constructor(
    /** Names of documents outside of the machine, by their paths inside. */
    private readonly names: ReadonlyMap<string, string>,
    private readonly onEvent: (event: RunEvent) => void,
    private readonly onNotice: (line: string) => void,
  ) {}

  push(chunk: Uint8Array): void {
    const [first = "", ...others] = this.#decoder.write(Buffer.from(chunk)).split("\n");
    this.#append(first);
    for (const next of others) {
      this.end();
      this.#append(next);
    }
  }

  /** Processes a complete line. */
  end(): void {
    const line = this.#rest;
    this.#rest = "";
    if (line !== "") this.#take(line);
  }

  #append(text: string): void {
    if (this.#rest.length < LONGEST_LINE) this.#rest += text.slice(0, LONGEST_LINE - this.#rest.length);
  }

  #take(line: string): void {
    const event = line.startsWith("{") ? parseEvent(line) : undefined;
    if (event !== undefined) this.onEvent(this.#rename(event));
    else if (line.trim() !== "") {
      this.lastNotice = line.slice(0, LONGEST_NOTICE);
      this.onNotice(this.lastNotice);
    }
  }

  #rename(event: RunEvent): RunEvent {
    const nameOf = (document: string) => this.names.get(document) ?? document;
    if (event.type === "run-started") return { ...event, documents: event.documents.map(nameOf) };
    return "document" in event ? { ...event, document: nameOf(event.document) } : event;
  }
}

function parseEvent(line: string): RunEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "type" in value ? (value as RunEvent) : undefined;
  } catch {
    return undefined;
  }
}

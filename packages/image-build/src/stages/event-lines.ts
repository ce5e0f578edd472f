import { StringDecoder } from "node:string_decoder";
import type { RunEvent } from "@imagewright/document-engine";

const LONGEST_LINE = 1024 * 1024;

/** Reads the agent's event stream: one JSON object a line; every other line is something that the agent says to people. */
export class EventLines {
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";
  lastNotice = "";

  constructor(
    /** What documents are called outside of the machine, by their paths inside. */
    private readonly names: ReadonlyMap<string, string>,
    private readonly onEvent: (event: RunEvent) => void,
    private readonly onNotice: (line: string) => void,
  ) {}

  push(chunk: Uint8Array): void {
    const lines = `${this.#rest}${this.#decoder.write(Buffer.from(chunk))}`.split("\n");
    this.#rest = (lines.pop() ?? "").slice(0, LONGEST_LINE);
    for (const line of lines) this.#take(line);
  }

  end(): void {
    if (this.#rest !== "") this.#take(this.#rest);
    this.#rest = "";
  }

  #take(line: string): void {
    const event = line.startsWith("{") ? parseEvent(line) : undefined;
    if (event !== undefined) this.onEvent(this.#rename(event));
    else if (line.trim() !== "") {
      this.lastNotice = line;
      this.onNotice(line);
    }
  }

  #rename(event: RunEvent): RunEvent {
    if (!("document" in event)) return event;
    return { ...event, document: this.names.get(event.document) ?? event.document };
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

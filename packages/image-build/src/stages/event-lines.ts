import { StringDecoder } from "node:string_decoder";
import {
  createEventReader,
  describeNotice,
  LONGEST_LINE,
  protocolError,
  type AgentEvent,
  type EventReader,
  type KnownDocument,
} from "@imagewright/agent-protocol";
import { escapeControls } from "@imagewright/diagnostics";

// only the beginning of a long line is useful
const LONGEST_NOTICE = 4096;

/** Reads the agent's standard error: lines with a JSON object are events, all others notices. A step can forge both. */
export class EventLines {
  readonly #decoder = new StringDecoder("utf8");
  readonly #reader: EventReader;
  #rest = "";
  lastNotice = "";

  constructor(
    /** The documents of the run, as the agent names them. */
    documents: readonly KnownDocument[],
    private readonly onEvent: (event: AgentEvent) => void,
    private readonly onNotice: (line: string) => void,
  ) {
    this.#reader = createEventReader({ documents });
  }

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
    if (line.startsWith("{")) this.#readEvent(line);
    else if (line.trim() !== "") this.#notice(escapeControls(line.slice(0, LONGEST_NOTICE)));
  }

  /** Throws if the agent speaks another version of the protocol. Errors: agent-protocol/other-protocol. */
  checkProtocol(): void {
    const { otherProtocol } = this.#reader.state;
    if (otherProtocol !== undefined) throw protocolError("other-protocol", otherProtocol);
  }

  /** One character more than fits shows that a line is too long. */
  #append(text: string): void {
    if (this.#rest.length <= LONGEST_LINE) this.#rest += text.slice(0, LONGEST_LINE + 1 - this.#rest.length);
  }

  #readEvent(line: string): void {
    const { events, notices } = this.#reader.read([line]);
    for (const event of events) this.onEvent(event);
    for (const notice of notices) this.#notice(describeNotice(notice));
  }

  #notice(text: string): void {
    this.lastNotice = text;
    this.onNotice(text);
  }
}

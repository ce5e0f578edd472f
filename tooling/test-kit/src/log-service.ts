import { signedRegion, startLoopbackServer, type Answer, type LoopbackServer, type Request } from "./loopback-server.js";

export interface StoredEvent {
  readonly timestamp: number;
  readonly message: string;
}

const HOUR = 60 * 60 * 1000;

/** A refusal by the service: the type and the message of its error. */
class Refusal extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

interface PutInput {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logEvents: readonly StoredEvent[];
}

/** Log groups as CloudWatch Logs keeps them, and its rules for what a request may hold. */
export class LogService {
  /** Events by `group:stream`. A group without a stream is there as `group:`. */
  readonly streams = new Map<string, StoredEvent[]>();
  /** The operations asked for, in order, and the region each was signed for. */
  readonly operations: string[] = [];
  readonly regions: string[] = [];
  /** How many events each request brought. */
  readonly batches: number[] = [];
  /** Awaited before each PutLogEvents is looked at. */
  beforePut: () => Promise<void> = () => Promise.resolve();
  /** The errors that come before anything else, the first for the next request. */
  readonly refusals: { type: string; message: string; status: number }[] = [];

  async start(): Promise<LoopbackServer> {
    return startLoopbackServer(async (request) => {
      try {
        return json(200, await this.#answer(request));
      } catch (thrown) {
        if (!(thrown instanceof Refusal)) throw thrown;
        return json(thrown.status, { __type: `com.amazonaws.cloudwatchlogs#${thrown.type}`, message: thrown.message });
      }
    });
  }

  messages(name: string): string[] {
    return (this.streams.get(name) ?? []).map((event) => event.message);
  }

  async #answer(request: Request): Promise<object> {
    const { method, url, headers, body } = request;
    const operation = /^Logs_20140328\.(\w+)$/.exec(String(headers["x-amz-target"]))?.[1] ?? "";
    const region = signedRegion(request, "logs");
    const isOfProtocol = method === "POST" && url.pathname === "/" && headers["content-type"] === "application/x-amz-json-1.1";
    if (!isOfProtocol) throw new Refusal("UnknownOperationException", "not a request of this service");
    if (region === undefined) throw new Refusal("MissingAuthenticationTokenException", "Missing Authentication Token");
    this.operations.push(operation);
    this.regions.push(region);
    const refusal = this.refusals.shift();
    if (refusal !== undefined) throw new Refusal(refusal.type, refusal.message, refusal.status);
    const input = JSON.parse(body) as PutInput;
    if (operation === "CreateLogGroup") return this.#create(`${input.logGroupName}:`, "The specified log group already exists");
    if (operation === "CreateLogStream") return this.#createStream(input);
    if (operation === "PutLogEvents") return this.#put(input);
    throw new Refusal("UnknownOperationException", operation);
  }

  #create(name: string, present: string): object {
    if (this.streams.has(name)) throw new Refusal("ResourceAlreadyExistsException", present);
    this.streams.set(name, []);
    return {};
  }

  #createStream({ logGroupName, logStreamName }: PutInput): object {
    if (!this.streams.has(`${logGroupName}:`)) throw new Refusal("ResourceNotFoundException", "The specified log group does not exist.");
    return this.#create(`${logGroupName}:${logStreamName}`, "The specified log stream already exists");
  }

  async #put({ logGroupName, logStreamName, logEvents }: PutInput): Promise<object> {
    await this.beforePut();
    const stream = this.streams.get(`${logGroupName}:${logStreamName}`);
    if (stream === undefined) throw new Refusal("ResourceNotFoundException", "The specified log stream does not exist.");
    checkBatch(logEvents);
    this.batches.push(logEvents.length);
    const now = Date.now();
    const old = logEvents.filter((event) => event.timestamp < now - 14 * 24 * HOUR).length;
    const tooNew = logEvents.findIndex((event) => event.timestamp > now + 2 * HOUR);
    stream.push(...logEvents.slice(old, tooNew === -1 ? undefined : tooNew));
    const refused = { ...(old > 0 ? { tooOldLogEventEndIndex: old } : {}), ...(tooNew >= 0 ? { tooNewLogEventStartIndex: tooNew } : {}) };
    return Object.keys(refused).length > 0 ? { rejectedLogEventsInfo: refused } : {};
  }
}

function checkBatch(events: readonly StoredEvent[]): void {
  const invalid = (message: string) => new Refusal("InvalidParameterException", message);
  if (events.length < 1 || events.length > 10_000) throw invalid(`${events.length} events in a batch`);
  const bytes = events.map(({ message }) => Buffer.byteLength(message) + 26);
  const isMeaningful = ({ message, timestamp }: StoredEvent) => message !== "" && Number.isInteger(timestamp) && timestamp >= 0;
  if (!events.every(isMeaningful)) throw invalid("an event without text or time");
  if (bytes.some((size) => size > 1_048_576)) throw invalid("Log event too large");
  if (bytes.reduce((sum, size) => sum + size) > 1_048_576) throw invalid("Upload too large");
  const times = events.map((event) => event.timestamp);
  if (times.some((time, index) => time < (times[index - 1] ?? time))) throw invalid("Log events must be in chronological order.");
  if ((times.at(-1) ?? 0) - (times[0] ?? 0) > 24 * HOUR) throw invalid("The batch of log events cannot span more than 24 hours.");
}

function json(status: number, body: object): Answer {
  return { status, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(body) };
}

/** What a client may use of the server. */
export interface ServerLimits {
  /** The largest body of a request, in bytes. */
  readonly bodyBytes: number;
  /** The largest request line with headers, in bytes. */
  readonly headerBytes: number;
  /** How long the headers of a request may take to arrive, in milliseconds. */
  readonly headersMs: number;
  /** How long a whole request may take to arrive, in milliseconds. */
  readonly requestMs: number;
  /** How many calls an access key may make a second on average, and at once. */
  readonly callsPerSecond: number;
  readonly callsAtOnce: number;
  /** How many streams of events are open at once. */
  readonly eventStreams: number;
  /** How often a stream without events says that it is there, in milliseconds. */
  readonly heartbeatMs: number;
}

/**
 * A request has at most about 300 KB (a recipe with all its components inline); the keys of 50 tags are 19 KB of a URL. The rates only stop
 * a client that runs wild.
 */
export const DEFAULT_LIMITS: ServerLimits = {
  bodyBytes: 1024 * 1024,
  headerBytes: 64 * 1024,
  headersMs: 20_000,
  requestMs: 60_000,
  callsPerSecond: 1000,
  callsAtOnce: 5000,
  eventStreams: 200,
  heartbeatMs: 15_000,
};

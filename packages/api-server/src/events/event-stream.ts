import type { ApiCaller } from "@imagewright/imagebuilder-model";

/** What a stream sends: an event, a position that was reached without one, or that events behind the position before are gone. */
export interface StreamPart {
  /** From where a stream goes on that is opened with it. */
  readonly id: string;
  /** One line. Without it the part has the position alone. */
  readonly data?: string;
  /** The name of the event, for what is no event of the service. */
  readonly name?: string;
}

/** Who asks for a stream of events, and of which. */
export interface StreamRequest {
  readonly caller: ApiCaller;
  /** The id of the last part that the client has; it begins with what happens from now on without one. */
  readonly lastId?: string;
  /** The parameters of the query; one may be there several times. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Is aborted when the client has gone, or the server stops. */
  readonly signal: AbortSignal;
}

/** Where streams come from. */
export interface EventStreams {
  /** Throws `ApiError` for a caller that may not see events. It is asked again now and then while a stream is open. */
  authorize(caller: ApiCaller): Promise<void>;
  /** Throws `ApiError` for a request with faults. The next part is asked for when the client has taken the one before. */
  open(request: StreamRequest): Promise<AsyncIterable<StreamPart>>;
}

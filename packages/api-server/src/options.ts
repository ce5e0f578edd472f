import type { ApiCaller, OperationName } from "@imagewright/imagebuilder-model";
import type { Traces } from "@imagewright/traces";
import type { EventStreams } from "./events/event-stream.js";
import type { ServerLimits } from "./limits.js";
import type { RequestRecord } from "./http/request-record.js";

/** Calls one operation. Throws `ApiError` for what a client is to see; everything else is answered as a `ServiceException`. */
export type OperationHandler = (
  operation: OperationName,
  /** The members of the request as they are in JSON: a timestamp is a number of seconds since 1970. Its shape is not checked. */
  input: Readonly<Record<string, unknown>>,
  caller: ApiCaller,
) => Promise<object>;

/** An access key and who has it. */
export interface AccessKey {
  readonly secretAccessKey: string;
  /** The account, 12 digits. */
  readonly account: string;
  /** The ARN of the identity. */
  readonly principal: string;
}

/** Whether the server can answer: what `/readyz` tells. */
export type Readiness = { readonly ready: true } | { readonly ready: false; readonly reason: string };

/** A certificate with its key, both as PEM. */
export interface ServerCertificate {
  /** The server's own first, then those that lead to its authority. */
  readonly certificate: string;
  readonly key: string;
}

/** What a server needs. Clock and randomness are arguments, so that several servers can live in one process. */
export interface ApiServerOptions {
  readonly handle: OperationHandler;
  /** The key with this id. Undefined if there is none (any more). */
  readonly findAccessKey: (id: string) => Promise<AccessKey | undefined>;
  /** The Regions that are served. A client chooses one of them by the scope of its signature. */
  readonly regions: readonly string[];
  /** The URL at which clients reach the server if a proxy is before it, with the path that the proxy removes, if it does. */
  readonly publicUrl?: string;
  /** With it the server speaks TLS alone. */
  readonly certificate?: ServerCertificate | undefined;
  readonly clock: () => Date;
  /** That many random bytes of a cryptographic source. */
  readonly random: (size: number) => Uint8Array;
  /** Is given one record a request, after its response. Records are plain data without secrets: write each as one line of JSON. */
  readonly log: (record: RequestRecord) => void;
  readonly ready: () => Promise<Readiness>;
  /** What happens, for `/events`; without it there is no such path. */
  readonly events?: EventStreams;
  /** Is told a span for each request but those about health; callers have the context of theirs. */
  readonly traces?: Traces | undefined;
  /** Those that are absent are `DEFAULT_LIMITS`. */
  readonly limits?: Partial<ServerLimits>;
}

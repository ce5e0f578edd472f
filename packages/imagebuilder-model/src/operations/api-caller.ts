import type { TraceContext } from "@imagewright/traces";

/** Who calls an operation of the API, and in which Region. */
export interface ApiCaller {
  /** The account, 12 digits. */
  readonly account: string;
  readonly region: string;
  /** The ARN of the identity, such as `arn:aws:iam::000000000000:root` or `…:user/ada`. */
  readonly principal: string;
  /** How the request came, for policies that depend on it; absent if it did not come over a network. */
  readonly connection?: CallerConnection;
  /** The trace of the request, with which what it asks for goes on; absent without traces. */
  readonly trace?: TraceContext;
}

/** The connection of a request. */
export interface CallerConnection {
  /** The address of the client. */
  readonly sourceIp: string;
  /** Whether it came over TLS. */
  readonly isSecure: boolean;
  readonly userAgent?: string;
}

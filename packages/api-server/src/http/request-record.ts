/** What the log has of one request: plain data without secrets. */
export interface RequestRecord {
  /** `error` if the server failed, `warn` for refused signatures, `info` for all others. */
  readonly level: "info" | "warn" | "error";
  /** When the request came, as ISO 8601. */
  readonly time: string;
  readonly requestId: string;
  readonly method: string;
  /** The path as sent, without the query. */
  readonly path: string;
  /** The name of the operation; `GetCallerIdentity` and `GetSessionToken` are of STS. */
  readonly operation?: string;
  readonly status: number;
  /** The name and the message of the error that was answered. */
  readonly error?: string;
  readonly message?: string;
  readonly account?: string;
  readonly region?: string;
  readonly principal?: string;
  readonly accessKeyId?: string;
  /** The address of the client, or of the proxy before the server. */
  readonly sourceIp?: string;
  readonly userAgent?: string;
  /** The ARNs that an operation was given and has answered, outside of lists. */
  readonly resources?: readonly string[];
  /** From the headers to the response, in milliseconds. */
  readonly ms: number;
  /** Of an error: its cause with stack, or the canonical requests of a signature that does not match. */
  readonly details?: Readonly<Record<string, string>>;
}

/** A request that a server has answered. It has no secrets: of its input and its output it has the ARNs alone. */
export interface AuditRecord {
  /** When it came. */
  readonly at: Date;
  readonly requestId: string;
  /** Who: absent if the signature did not say it, or was wrong. */
  readonly account?: string | undefined;
  /** The ARN of the identity. */
  readonly principal?: string | undefined;
  /** The id of the access key, which the request has named. */
  readonly accessKeyId?: string | undefined;
  readonly region?: string | undefined;
  /** From where: the address of the client, or of the proxy before the server. */
  readonly sourceIp?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly operation?: string | undefined;
  /** The ARNs that the request has named, and that of what it has made. */
  readonly resources: readonly string[];
  /** The answer: the status of HTTP, and the name and message of an error. */
  readonly status: number;
  readonly error?: string | undefined;
  readonly message?: string | undefined;
}

/** Which records are looked for: those that fit all that is given. */
export interface AuditQuery {
  readonly since?: Date | undefined;
  /** Up to this instant, without it. */
  readonly until?: Date | undefined;
  /** The ARN of the identity, or its end: `user/ada`. */
  readonly principal?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly operation?: string | undefined;
  /** One of the ARNs. */
  readonly resource?: string | undefined;
  /** Those alone that were answered with an error. */
  readonly failed?: boolean | undefined;
  /** The newest so many. */
  readonly limit: number;
}

/**
 * The errors that a client sees before an operation is called: the status, and the name under which the query protocol of STS has it. The
 * model does not have them; the front ends of AWS answer them for every service.
 */
const PROTOCOL_ERRORS: Readonly<Record<ProtocolErrorName, ProtocolErrorRow>> = {
  ExpiredTokenException: { status: 403, queryName: "ExpiredToken" },
  IncompleteSignatureException: { status: 400, queryName: "IncompleteSignature" },
  InvalidSignatureException: { status: 403, queryName: "SignatureDoesNotMatch" },
  MissingAuthenticationTokenException: { status: 403, queryName: "MissingAuthenticationToken" },
  RequestEntityTooLargeException: { status: 413, queryName: "RequestEntityTooLarge" },
  RequestHeaderSectionTooLargeException: { status: 431, queryName: "RequestHeaderSectionTooLarge" },
  RequestTimeoutException: { status: 408, queryName: "RequestTimeout" },
  SerializationException: { status: 400, queryName: "MalformedQueryString" },
  UnknownOperationException: { status: 404, queryName: "InvalidAction", queryStatus: 400 },
  UnrecognizedClientException: { status: 403, queryName: "InvalidClientTokenId" },
  UnsupportedMediaTypeException: { status: 415, queryName: "UnsupportedMediaType" },
};

interface ProtocolErrorRow {
  readonly status: number;
  readonly queryName: string;
  /** The status in the query protocol, if it is another one. */
  readonly queryStatus?: number;
}

/** The name of an error that belongs to HTTP, signatures or JSON instead of an operation. */
export type ProtocolErrorName =
  | "ExpiredTokenException"
  | "IncompleteSignatureException"
  | "InvalidSignatureException"
  | "MissingAuthenticationTokenException"
  | "RequestEntityTooLargeException"
  | "RequestHeaderSectionTooLargeException"
  | "RequestTimeoutException"
  | "SerializationException"
  | "UnknownOperationException"
  | "UnrecognizedClientException"
  | "UnsupportedMediaTypeException";

/** A request that is refused before any operation sees it. `details` are for the log only. */
export class ProtocolError extends Error {
  override readonly name: ProtocolErrorName;

  constructor(
    name: ProtocolErrorName,
    message: string,
    readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = name;
  }

  get status(): number {
    return PROTOCOL_ERRORS[this.name].status;
  }

  /** Status and name in the query protocol of STS. */
  get inQueryProtocol(): { readonly status: number; readonly name: string } {
    const { status, queryName, queryStatus = status } = PROTOCOL_ERRORS[this.name];
    return { status: queryStatus, name: queryName };
  }
}

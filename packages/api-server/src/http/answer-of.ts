import { ApiError, serviceErrorOf } from "@imagewright/imagebuilder-model";
import { ProtocolError } from "../protocol-error.js";

/** What a client is answered when a request fails. */
export interface FailureAnswer {
  readonly status: number;
  readonly name: string;
  /** Status and name in the query protocol of STS. */
  readonly inQueryProtocol: { readonly status: number; readonly name: string };
  readonly message: string;
  /** For the log only. */
  readonly details: Readonly<Record<string, string>>;
}

const QUERY_NAMES: Readonly<Record<string, string>> = {
  AccessDeniedException: "AccessDenied",
  CallRateLimitExceededException: "Throttling",
  InvalidParameterValueException: "ValidationError",
  ServiceException: "InternalFailure",
};

/**
 * The answer for something that was thrown. What is neither an `ApiError` nor a `ProtocolError` is a failure of the server, whose text
 * nobody outside may see: a `ServiceException` with a fixed text, and the cause in the log.
 */
export function answerOf(thrown: unknown): FailureAnswer {
  if (thrown instanceof ProtocolError) {
    const { status, name, inQueryProtocol, message, details } = thrown;
    return { status, name, inQueryProtocol, message, details };
  }
  const known = thrown instanceof ApiError ? thrown : fastifyError(thrown);
  if (known instanceof ProtocolError) return answerOf(known);
  const error =
    known ??
    new ApiError("ServiceException", "The server failed. The cause is in its log, with the id of this request.", { cause: thrown });
  const details: Record<string, string> = error.cause === undefined ? {} : { cause: describe(error.cause) };
  const { name, message } = error;
  const { status } = serviceErrorOf(name);
  const queryName = QUERY_NAMES[name] ?? name.replace(/Exception$/, "");
  return { status, name, inQueryProtocol: { status, name: queryName }, message, details };
}

/** What fastify refuses on its own. */
function fastifyError(thrown: unknown): ProtocolError | undefined {
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? thrown.code : undefined;
  switch (code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new ProtocolError("RequestEntityTooLargeException", "the body of the request is larger than the server allows");
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new ProtocolError("UnsupportedMediaTypeException", 'the content type is not valid; allowed: "application/json"');
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
    case "ECONNRESET":
      return new ProtocolError("SerializationException", "the body of the request did not arrive in full");
    case "FST_ERR_BAD_URL":
      return new ProtocolError("SerializationException", "the path of the request has escapes that are not UTF-8");
    default:
      return undefined;
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? String(cause)) : String(cause);
}

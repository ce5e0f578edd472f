import { describeCause, type ImagewrightError } from "@imagewright/diagnostics";
import { awsError, type Operation } from "./errors.js";

const LONGEST_REASON = 500;

/** The names under which the services and the SDK report what has a clear sentence of its own. */
const CODES = {
  CredentialsProviderError: "no-credentials",
  TokenProviderError: "no-credentials",
  ExpiredToken: "credentials-refused",
  ExpiredTokenException: "credentials-refused",
  IncompleteSignature: "credentials-refused",
  InvalidAccessKeyId: "credentials-refused",
  InvalidClientTokenId: "credentials-refused",
  InvalidSignatureException: "credentials-refused",
  InvalidToken: "credentials-refused",
  RequestTimeTooSkewed: "credentials-refused",
  SignatureDoesNotMatch: "credentials-refused",
  UnrecognizedClientException: "credentials-refused",
  NoSuchBucket: "no-such-bucket",
  NoSuchKey: "no-such-object",
  RequestLimitExceeded: "throttled",
  SlowDown: "throttled",
  Throttling: "throttled",
  ThrottlingException: "throttled",
  TooManyRequestsException: "throttled",
  TimeoutError: "endpoint-unreachable",
} as const;

type FailureCode = (typeof CODES)[keyof typeof CODES] | "access-denied" | "wrong-bucket-owner" | "no-region" | "aws-request-failed";

/** Makes one clear error out of whatever a call to a service threw. */
export function serviceFailure(thrown: unknown, operation: Operation): ImagewrightError {
  const reason = reasonOf(thrown).slice(0, LONGEST_REASON);
  return awsError(codeOf(thrown, operation), { ...operation, reason }, { cause: thrown });
}

/** The name under which a service reported a failure, such as `ResourceNotFoundException`. */
export function failureName(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : "";
}

function codeOf(thrown: unknown, operation: Operation): FailureCode {
  const name = failureName(thrown);
  if (Object.hasOwn(CODES, name)) return CODES[name as keyof typeof CODES];
  if (httpStatus(thrown) === 403) return operation.bucketOwner === undefined ? "access-denied" : "wrong-bucket-owner";
  if (/^AccessDenied(Exception)?$/.test(name)) return "access-denied";
  if (/region is missing|missing region|region=""/i.test(describeCause(thrown))) return "no-region";
  return isNetworkFailure(thrown) ? "endpoint-unreachable" : "aws-request-failed";
}

function httpStatus(thrown: unknown): number | undefined {
  return (thrown as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}

// sockets, name look-ups and TLS report a code and no path; files report both
function isNetworkFailure(thrown: unknown): boolean {
  const { code, path } = (thrown ?? {}) as { code?: unknown; path?: unknown };
  return typeof code === "string" && path === undefined && httpStatus(thrown) === undefined;
}

// a name with several addresses fails with an AggregateError that has no text of its own
function reasonOf(thrown: unknown): string {
  return describeCause(thrown instanceof AggregateError && thrown.message === "" ? thrown.errors[0] : thrown);
}

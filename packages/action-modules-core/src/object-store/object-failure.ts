import { describeCause, ImagewrightError, quote } from "@imagewright/diagnostics";
import { createError } from "../errors.js";
import { quotePath } from "../files/show-path.js";
import { showLocation, type ObjectLocation } from "./location.js";

/** A call to S3, and what its messages need to know about it. */
export interface ObjectOperation {
  /** What was tried, as it follows "cannot": `download`. */
  readonly operation: string;
  readonly location: ObjectLocation;
  /** The account that the bucket was expected to belong to. */
  readonly bucketOwner: string | undefined;
}

interface Explanation {
  readonly reason: string;
  readonly hints?: readonly string[];
}

const LONGEST_REASON = 500;
const GRANT_HINT = "grant the credentials this action";
const KEYS_HINT = "give the machine an instance role, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
const REFUSED = /^(ExpiredToken(Exception)?|IncompleteSignature|InvalidAccessKeyId|InvalidClientTokenId|InvalidSignatureException|InvalidToken|RequestTimeTooSkewed|SignatureDoesNotMatch|UnrecognizedClientException)$/;

/** Makes one clear error out of whatever a call to S3 threw; errors that say enough already pass as they are. */
export function objectFailure(thrown: unknown, operation: ObjectOperation): ImagewrightError {
  if (thrown instanceof ImagewrightError) return thrown;
  const data = { operation: operation.operation, location: showLocation(operation.location), ...explain(thrown, operation) };
  return createError("object-operation-failed", data, { cause: thrown });
}

function explain(thrown: unknown, { location: { bucket }, bucketOwner }: ObjectOperation): Explanation {
  const name = nameOf(thrown);
  const said = quotePath(reasonOf(thrown).slice(0, LONGEST_REASON));
  if (/^(CredentialsProviderError|TokenProviderError)$/.test(name)) return { reason: `there are no AWS credentials: ${said}`, hints: [KEYS_HINT] };
  if (REFUSED.test(name)) {
    return { reason: `the AWS credentials are not accepted: ${said}`, hints: ["get new credentials", "check this machine's clock, which signatures depend on"] };
  }
  if (name === "NoSuchBucket") return { reason: `there is no bucket ${quote(bucket)}` };
  if (name === "NoSuchKey") return { reason: `bucket ${quote(bucket)} has no object of this key` };
  if (name === "PreconditionFailed") return { reason: "the object was replaced while it was downloaded", hints: ["run the step again"] };
  if (httpStatus(thrown) === 403 || name === "AccessDenied") return denied(said, bucket, bucketOwner);
  if (/region is missing|missing region|region=""/i.test(describeCause(thrown))) return { reason: "no AWS region is set", hints: ["set AWS_REGION, or the region of the AWS profile"] };
  if (isCut(thrown)) return { reason: "the connection was cut", hints: ["run the step again"] };
  if (isNetworkFailure(thrown)) return { reason: `the service cannot be reached: ${said}`, hints: ["check the network and, where one is set, the endpoint URL"] };
  return { reason: said };
}

function denied(said: string, bucket: string, bucketOwner: string | undefined): Explanation {
  if (bucketOwner === undefined) {
    return { reason: `access is denied: ${said}`, hints: [GRANT_HINT, "without the permission s3:ListBucket a missing object is reported in the same way"] };
  }
  return {
    reason: `access is denied; bucket ${quote(bucket)} does not belong to account ${quote(bucketOwner)}, or the credentials lack the permission`,
    hints: ["check expectedBucketOwner", GRANT_HINT],
  };
}

function isCut(thrown: unknown): boolean {
  return ["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"].includes(String((thrown as { code?: unknown } | undefined)?.code));
}

function nameOf(thrown: unknown): string {
  return (thrown as { name?: string } | undefined)?.name ?? "";
}

function httpStatus(thrown: unknown): number | undefined {
  return (thrown as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}

/** Whether a connection failed or was cut: sockets, name look-ups and TLS report a code and no path; files report both. */
export function isNetworkFailure(thrown: unknown): boolean {
  const { code, path } = (thrown ?? {}) as { code?: unknown; path?: unknown };
  return nameOf(thrown) === "TimeoutError" || (typeof code === "string" && path === undefined && httpStatus(thrown) === undefined);
}

// a name with several addresses fails with an AggregateError that has no text of its own
function reasonOf(thrown: unknown): string {
  return describeCause(thrown instanceof AggregateError && thrown.message === "" ? thrown.errors[0] : thrown);
}

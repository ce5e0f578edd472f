import { describeAwsFailure } from "@imagewright/aws";
import { isImagewrightError, quote, type ImagewrightError } from "@imagewright/diagnostics";
import { actionError } from "../errors.js";
import { quotePath } from "../files/show-path.js";
import { showLocation, type ObjectLocation } from "./location.js";

/** A call to S3, with the data for its messages. */
export interface ObjectOperation {
  /** The operation, phrased to follow "cannot": `download`. */
  readonly operation: string;
  readonly location: ObjectLocation;
  /** The expected owner of the bucket. */
  readonly bucketOwner: string | undefined;
}

interface Explanation {
  readonly reason: string;
  readonly hints?: readonly string[];
}

const GRANT_HINT = "grant the credentials this action";
const KEYS_HINT = "give the machine an instance role, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

/** Converts an error of a call to S3; errors of this package pass unchanged. */
export function objectFailure(thrown: unknown, operation: ObjectOperation): ImagewrightError {
  if (isImagewrightError(thrown)) return thrown;
  const data = { operation: operation.operation, location: showLocation(operation.location), ...explain(thrown, operation) };
  return actionError("object-operation-failed", data, { cause: thrown });
}

function explain(thrown: unknown, { location: { bucket }, bucketOwner }: ObjectOperation): Explanation {
  const failure = describeAwsFailure(thrown);
  const message = quotePath(failure.message);
  switch (failure.kind) {
    case "no-credentials":
      return { reason: `there are no AWS credentials: ${message}`, hints: [KEYS_HINT] };
    case "credentials-refused":
      return {
        reason: `the AWS credentials are not accepted: ${message}`,
        hints: ["get new credentials", "check this machine's clock, which signatures depend on"],
      };
    case "access-denied":
      return denied(message, bucket, bucketOwner);
    case "no-such-bucket":
      return { reason: `there is no bucket ${quote(bucket)}` };
    case "no-such-object":
      return { reason: `bucket ${quote(bucket)} has no object with this key` };
    case "object-replaced":
      return { reason: "the object was replaced while it was downloaded", hints: ["run the step again"] };
    case "throttled":
      return { reason: `too many requests: ${message}`, hints: ["try again later, or raise AWS_MAX_ATTEMPTS"] };
    case "no-region":
      return { reason: "no AWS region is set", hints: ["set AWS_REGION, or the region of the AWS profile"] };
    case "connection-cut":
      return { reason: "the connection was cut", hints: ["run the step again"] };
    case "unreachable":
      return { reason: `the service cannot be reached: ${message}`, hints: ["check the network and the endpoint URL, if one is set"] };
    case "insecure":
      return { reason: `there is no safe connection to the service: ${failure.message}`, hints: [failure.hint ?? ""] };
    case "other":
      return { reason: message };
  }
}

function denied(message: string, bucket: string, bucketOwner: string | undefined): Explanation {
  if (bucketOwner === undefined) {
    return {
      reason: `access is denied: ${message}`,
      hints: [GRANT_HINT, "without the permission s3:ListBucket a missing object is reported in the same way"],
    };
  }
  return {
    reason: `access is denied; bucket ${quote(bucket)} does not belong to account ${quote(bucketOwner)}, or the credentials lack the permission`,
    hints: ["check expectedBucketOwner", GRANT_HINT],
  };
}

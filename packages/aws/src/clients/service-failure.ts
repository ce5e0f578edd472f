import { describeAwsFailure, type AwsFailureKind } from "./aws-failure.js";
import type { ImagewrightError } from "@imagewright/diagnostics";
import { awsError, type ServiceOperation } from "../errors.js";

/** The kinds that are reported under the code of another. */
const REPORTED_AS = {
  "connection-cut": "endpoint-unreachable",
  unreachable: "endpoint-unreachable",
  "object-replaced": "request-failed",
  other: "request-failed",
} as const;

/** Converts an error of a call to a service. */
export function serviceFailure(thrown: unknown, operation: ServiceOperation): ImagewrightError {
  const { kind, message, hint = "" } = describeAwsFailure(thrown);
  if (kind === "insecure") return awsError("connection-insecure", { ...operation, reason: message, hint }, { cause: thrown });
  return awsError(codeOf(kind, operation), { ...operation, reason: message }, { cause: thrown });
}

function codeOf(kind: Exclude<AwsFailureKind, "insecure">, { bucketOwner }: ServiceOperation) {
  if (kind === "access-denied" && bucketOwner !== undefined) return "wrong-bucket-owner";
  return sharesCode(kind) ? REPORTED_AS[kind] : kind;
}

function sharesCode(kind: Exclude<AwsFailureKind, "insecure">): kind is keyof typeof REPORTED_AS {
  return Object.hasOwn(REPORTED_AS, kind);
}

import { describeAwsFailure, type AwsFailureKind } from "./aws-failure.js";
import type { ImagewrightError } from "@imagewright/diagnostics";
import { awsError, type ServiceOperation } from "../errors.js";

/** The kinds that have no sentence of their own here. */
const ALIKE = {
  "connection-cut": "endpoint-unreachable",
  unreachable: "endpoint-unreachable",
  "object-replaced": "request-failed",
  other: "request-failed",
} as const;

/** Converts an error of a call to a service. */
export function serviceFailure(thrown: unknown, operation: ServiceOperation): ImagewrightError {
  const { kind, said } = describeAwsFailure(thrown);
  return awsError(codeOf(kind, operation), { ...operation, reason: said }, { cause: thrown });
}

function codeOf(kind: AwsFailureKind, { bucketOwner }: ServiceOperation) {
  if (kind === "access-denied" && bucketOwner !== undefined) return "wrong-bucket-owner";
  return isAlike(kind) ? ALIKE[kind] : kind;
}

function isAlike(kind: AwsFailureKind): kind is keyof typeof ALIKE {
  return Object.hasOwn(ALIKE, kind);
}

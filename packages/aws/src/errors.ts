import { count, errorRow, errorTable, quote, type ErrorText, quoteInFull } from "@imagewright/diagnostics";

/** A call to a service, with the data for its messages. */
export interface ServiceOperation {
  /** The beginning of a message about it: `reading "s3://bucket/key"`. */
  readonly doing: string;
  readonly bucket?: string | undefined;
  /** The expected owner of the bucket. */
  readonly bucketOwner?: string | undefined;
}

interface FailedOperation extends ServiceOperation {
  readonly reason: string;
}

interface FailedUploads {
  readonly failures: readonly { readonly file: string; readonly key: string; readonly code: string; readonly message: string }[];
  /** How many were to be uploaded. */
  readonly files: number;
  readonly first: ErrorText & { readonly hints: readonly string[] };
}

const GRANT_HINT = "grant the credentials this action";

/** The rows of the resources that have documents. */
const absent = (resource: string) =>
  errorRow("not-found", ({ doing }: FailedOperation) => ({
    message: `${doing} failed: there is no such ${resource}`,
    hints: ["check the region, the account and the version in the ARN"],
  }));
const otherArn = (resource: string, type: string) =>
  errorRow("invalid", ({ location }: { location: string }) => ({
    message: `${quoteInFull(location)} is not the ARN of a ${resource}; expected arn:PARTITION:imagebuilder:REGION:ACCOUNT:${type}/NAME/VERSION or .../VERSION/BUILD`,
    hints: ['NAME is lower-case, VERSION has three parts, as in "1.0.2" or "1.x.x", and ACCOUNT is 12 digits or "aws"'],
  }));
const withoutDocument = (resource: string) =>
  errorRow("not-found", ({ location }: { location: string }) => ({
    message: `the service returned no document for ${resource} ${quoteInFull(location)}`,
    hints: [`the service does not return the documents of ${resource}s that are encrypted or sold by others`],
  }));

/** The failures of calls to AWS. */
export const awsError = errorTable("aws", {
  "no-credentials": errorRow("forbidden", ({ doing, reason }: FailedOperation) => ({
    message: `${doing} failed: there are no AWS credentials: ${quoteInFull(reason)}`,
    hints: ["give the machine an instance role, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"],
  })),
  "credentials-refused": errorRow("forbidden", ({ doing, reason }: FailedOperation) => ({
    message: `${doing} failed: the AWS credentials are not accepted: ${quoteInFull(reason)}`,
    hints: ["get new credentials", "check this machine's clock, which signatures depend on"],
  })),
  "no-region": errorRow("invalid", ({ doing }: FailedOperation) => ({
    message: `${doing} failed: no AWS region is set`,
    hints: ["set AWS_REGION, or the region of the AWS profile; for the log stream, --cw-log-region does as well"],
  })),
  "access-denied": errorRow("forbidden", ({ doing, bucket, reason }: FailedOperation) => ({
    message: `${doing} failed: access is denied: ${quoteInFull(reason)}`,
    hints:
      bucket === undefined
        ? [GRANT_HINT]
        : [GRANT_HINT, "without the permission s3:ListBucket a missing object is reported in the same way"],
  })),
  "wrong-bucket-owner": errorRow("forbidden", ({ doing, bucket, bucketOwner }: FailedOperation) => ({
    message:
      `${doing} failed: access is denied; bucket ${quote(bucket ?? "")} does not belong to account ${quote(bucketOwner ?? "")}, ` +
      "or the credentials lack the permission",
    hints: ["check the account id given as the bucket's owner", GRANT_HINT],
  })),
  "no-such-bucket": errorRow("not-found", ({ doing, bucket }: FailedOperation) => ({
    message: `${doing} failed: there is no bucket ${quote(bucket ?? "")}`,
  })),
  "no-such-object": errorRow("not-found", ({ doing, bucket }: FailedOperation) => ({
    message: `${doing} failed: bucket ${quote(bucket ?? "")} has no object of this key`,
  })),
  "no-such-component": absent("component"),
  "no-such-workflow": absent("workflow"),
  "no-such-parameter": errorRow("not-found", ({ doing }: FailedOperation) => ({
    message: `${doing} failed: there is no such parameter`,
    hints: ["check the name, which is case-sensitive, the region and the account"],
  })),
  "no-such-parameter-version": errorRow("not-found", ({ doing }: FailedOperation) => ({
    message: `${doing} failed: the parameter has no such version or label`,
    hints: ["leave out what follows the last colon to read the newest version"],
  })),
  "parameter-without-value": errorRow("failed", ({ name }: { name: string }) => ({
    message: `the service returned no value for parameter ${quoteInFull(name)}`,
  })),
  "not-a-parameter-arn": errorRow("invalid", ({ name }: { name: string }) => ({
    message: `${quoteInFull(name)} is not the ARN of a parameter; expected arn:PARTITION:ssm:REGION:ACCOUNT:parameter/NAME`,
  })),
  "not-a-kms-key-arn": errorRow("invalid", ({ arn }: { arn: string }) => ({
    message: `${quoteInFull(arn)} is not the ARN of a key of KMS; expected arn:PARTITION:kms:REGION:ACCOUNT:key/ID`,
    hints: ["an alias is not allowed, since it may name another key tomorrow: aws kms describe-key --key-id ALIAS shows the key"],
  })),
  "not-a-kms-key": errorRow("invalid", ({ key }: { key: string }) => ({
    message: `${quoteInFull(key)} names no key of KMS; allowed: the id of a key, alias/NAME, or the ARN of a key or of an alias`,
  })),
  "kms-key-not-usable": errorRow("forbidden", ({ key, name, reason }: { key: string; name: string; reason: string }) => ({
    message: `the KMS key ${quoteInFull(key)} cannot be used: ${name}: ${quoteInFull(reason)}`,
    hints: ["the role of the server needs kms:GenerateDataKey and kms:Decrypt for it"],
  })),
  throttled: errorRow("throttled", ({ doing, reason }: FailedOperation) => ({
    message: `${doing} failed: too many requests: ${quoteInFull(reason)}`,
    hints: ["try again later, raise AWS_MAX_ATTEMPTS, or raise the account's quota"],
  })),
  "endpoint-unreachable": errorRow("unavailable", ({ doing, reason }: FailedOperation) => ({
    message: `${doing} failed: the service cannot be reached: ${quoteInFull(reason)}`,
    hints: ["check the network and, where one is set, the endpoint URL"],
  })),
  "connection-insecure": errorRow("unavailable", ({ doing, reason, hint }: FailedOperation & { readonly hint: string }) => ({
    message: `${doing} failed: there is no safe connection to the service: ${reason}`,
    hints: [hint],
  })),
  "request-failed": errorRow("failed", ({ doing, reason }: FailedOperation) => ({
    message: `${doing} failed: ${quoteInFull(reason)}`,
  })),
  "not-an-object-location": errorRow("invalid", ({ location }: { location: string }) => ({
    message: `${quoteInFull(location)} does not name an object; expected s3://BUCKET/KEY`,
  })),
  "not-a-component-arn": otherArn("component", "component"),
  "not-a-workflow-arn": otherArn("workflow", "workflow/TYPE"),
  "component-without-document": withoutDocument("component"),
  "workflow-without-document": withoutDocument("workflow"),
  "document-too-large": errorRow("limit", ({ location, limit }: { location: string; limit: number }) => ({
    message: `the document ${quoteInFull(location)} has more than ${limit} bytes, the most that is allowed`,
  })),
  "document-not-text": errorRow("invalid", ({ location }: { location: string }) => ({
    message: `the document ${quoteInFull(location)} is not UTF-8 text`,
    hints: ["save it as UTF-8"],
  })),
  "log-folder-not-readable": errorRow("failed", ({ folder, reason }: { folder: string; reason: string }) => ({
    message: `the log folder ${quoteInFull(folder)} cannot be read: ${quoteInFull(reason)}`,
  })),
  "logs-not-uploaded": errorRow("failed", ({ failures, files, first }: FailedUploads) => ({
    message: `${failures.length} of ${count(files, "log file")} ${failures.length === 1 ? "was" : "were"} not uploaded; ${first.message}`,
    hints: first.hints,
  })),
  "log-lines-refused": errorRow("failed", ({ doing, lines }: { doing: string; lines: number }) => ({
    message:
      `${doing} failed: the service refused ${count(lines, "line")} for ${lines === 1 ? "its time" : "their times"}: ` +
      "more than 14 days ago, older than the group keeps lines, or more than 2 hours ahead",
    hints: ["check this machine's clock"],
  })),
  "log-lines-not-kept": errorRow("failed", ({ doing, reason }: { doing: string; reason: string }) => ({
    message: `${doing} failed: the waiting lines cannot be stored on disk: ${quoteInFull(reason)}`,
    hints: ["free space in the folder for temporary files"],
  })),
});

import { errorRow, errorTable, nearest, quote } from "@imagewright/diagnostics";
import { operationNames } from "@imagewright/imagebuilder-model";

/** The errors of starting a control plane. What a call answers is an `ApiError`. */
export const controlPlaneError = errorTable("control-plane", {
  "newer-schema": errorRow("conflict", ({ found, known }: { found: number; known: number }) => ({
    message: `the database has the schema ${found}, and this program knows the schemas up to ${known}`,
    hints: ["start the newer version of the program, or give it another database"],
  })),
  "changed-migration": errorRow("failed", ({ number, name }: { number: number; name: string }) => ({
    message: `the migration ${number}, ${name}, was applied to the database with another text than this program has`,
    hints: ["start the version of the program that made the schema, and report this as a fault of the program"],
  })),
  "no-service-database": errorRow<object>("not-found", () => ({ message: "the database has nothing of the service yet" })),
  "no-backup": errorRow<object>("invalid", () => ({
    message: "this is no backup of the service",
    hints: ["write one with ib backup FILE"],
  })),
  "newer-backup": errorRow("conflict", ({ what, found, known }: { what: string; found: number; known: number }) => ({
    message: `the backup has the ${what} ${found}, and this program knows those up to ${known}`,
    hints: ["restore it with the newer version of the program"],
  })),
  "backup-damaged": errorRow("invalid", ({ problem }: { problem: string }) => ({
    message: `the backup is damaged: ${problem}; nothing was restored`,
  })),
  "database-not-empty": errorRow("conflict", ({ table }: { table: string }) => ({
    message: `the database is not empty: it has ${quote(table)}; a backup is restored into an empty one only`,
    hints: ["name a new data folder with --data-dir, or a new database with --database-url"],
  })),
  "encryption-key-invalid": errorRow("invalid", ({ path }: { path: string }) => ({
    message: `${quote(path)} is no key file of the encryption`,
    hints: ["make one with ib encryption new-key FILE"],
  })),
  "encryption-key-missing": errorRow("invalid", ({ wrappedBy }: { wrappedBy: string }) => ({
    message: `the database is encrypted, and no key was given; its data keys are wrapped by ${wrappedBy}`,
    hints: ["name the key with --encryption-key; without it nothing of the documents can be read"],
  })),
  "encryption-key-wrong": errorRow("invalid", ({ wrappedBy, given }: { wrappedBy: string; given: string }) => ({
    message: `the data keys of the database are wrapped by ${wrappedBy}, and the key that was given is ${given}; nothing was changed`,
    hints: ["give the key with which the database was encrypted"],
  })),
  "resource-key-not-usable": errorRow("forbidden", ({ cause }: { cause: string }) => ({
    message: `what a resource has under a KMS key of its own cannot be opened: ${cause}`,
    hints: ["the role of the server needs kms:GenerateDataKey and kms:Decrypt for the key, and the key has to be enabled"],
  })),
  "resource-key-unreachable": errorRow("unavailable", ({ cause }: { cause: string }) => ({
    message: `what a resource has under a KMS key of its own cannot be opened now: ${cause}`,
    hints: ["send the request again later"],
  })),
  "data-key-gone": errorRow("failed", ({ id }: { id: number }) => ({
    message: `the database has no data key ${String(id)}, which has sealed a text in it`,
    hints: ["restore the table data_key from a backup"],
  })),
  "run-lost": errorRow("conflict", ({ arn }: { arn: string }) => ({
    message: `the image ${arn} is run by another server, or its creation has ended`,
  })),
  "not-encrypted": errorRow<object>("conflict", () => ({
    message: "the database is not encrypted",
    hints: ["start ib serve with --encryption-key, which makes its first data key"],
  })),
  "account-invalid": errorRow("invalid", ({ account }: { account: string }) => ({
    message: `${quote(account)} is not an account; allowed: 12 digits`,
  })),
  "user-name-invalid": errorRow("invalid", ({ user }: { user: string }) => ({
    message: `${quote(user)} is not the name of a user; allowed: 1 to 64 letters, digits and the characters +=,.@_-`,
  })),
  "policy-invalid": errorRow("invalid", ({ name, faults }: { name: string; faults: string }) => ({
    message: `the policy ${quote(name)} has faults:\n${faults}`,
  })),
  "no-such-key": errorRow("not-found", ({ id }: { id: string }) => ({ message: `there is no access key with the id ${quote(id)}` })),
  "no-such-operation": errorRow("not-found", ({ operation }: { operation: string }) => ({
    message: `there is no operation ${quote(operation)}${orNearest(operation)}`,
    hints: ["write an operation of the API, such as GetImage, or an action of another service, such as iam:PassRole"],
  })),
  "resource-invalid": errorRow("invalid", ({ resource }: { resource: string }) => ({
    message: `${quote(resource)} is not a resource; allowed: an ARN, or "*" for operations that are about no resource`,
  })),
  "no-such-pipeline": errorRow("not-found", ({ pipeline }: { pipeline: string }) => ({
    message: `there is no pipeline ${quote(pipeline)}; allowed: the name or the ARN of one`,
    hints: ["ib pipeline ls"],
  })),
  "several-pipelines": errorRow("invalid", ({ name, arns }: { name: string; arns: readonly string[] }) => ({
    message: `several pipelines have the name ${quote(name)}: ${arns.join(", ")}`,
    hints: ["name one of them by its ARN"],
  })),
  "no-such-image": errorRow("not-found", ({ arn }: { arn: string }) => ({
    message: `there is no image with the ARN ${arn}`,
  })),
  "no-such-execution": errorRow("not-found", ({ id }: { id: string }) => ({
    message: `there is no execution with the id ${id}`,
  })),
  "no-such-transition": errorRow("conflict", ({ what, from, to, allowed }: StateFault) => ({
    message: `${what} is ${from} and cannot become ${to}; allowed: ${allowed.length === 0 ? "nothing" : allowed.join(", ")}`,
  })),
  "no-finding": errorRow("invalid", ({ reason }: { reason: string }) => ({
    message: `the finding of a scan cannot be stored: ${reason}`,
  })),
});

function orNearest(operation: string): string {
  const meant = nearest(operation, operationNames());
  return meant === undefined ? "" : `; did you mean ${quote(meant)}?`;
}

interface StateFault {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly allowed: readonly string[];
}

import { errorRow, errorTable } from "@imagewright/diagnostics";

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

interface StateFault {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly allowed: readonly string[];
}

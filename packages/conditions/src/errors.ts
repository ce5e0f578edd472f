import type { InputFault } from "@imagewright/action-contract";
import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** The errors of this package; faults of a condition are `InputFault`s of `checkCondition`. */
export const conditionError = errorTable("conditions", {
  "condition-not-valid": errorRow("invalid", ({ faults }: { faults: readonly InputFault[] }) => ({
    message: `the condition is not valid: ${faults.map(({ message }) => message).join("; ")}`,
    hints: faults.flatMap(({ help }) => help ?? []),
  })),
  "file-not-readable": errorRow("failed", ({ path, hash, reason }: { path: string; hash: string; reason: string }) => ({
    message: `cannot read ${quote(path)} to take its ${hash} (${reason})`,
    hints: ["check the file's permissions"],
  })),
});

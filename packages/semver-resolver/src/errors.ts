import { errorRow, errorTable, quote, type Diagnostic } from "@imagewright/diagnostics";

interface InvalidText {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The errors of this package. Faults in texts are diagnostics; the `parse…` functions throw them as `invalid-…`, with the diagnostics in
 * `data`.
 */
export const versionError = errorTable("semver-resolver", {
  "invalid-version": errorRow("invalid", describeFaults),
  "invalid-pattern": errorRow("invalid", describeFaults),
  "number-out-of-range": errorRow("invalid", ({ name, value }: { name: string; value: number }) => ({
    message: `the ${name} number ${value} is not possible; allowed: whole numbers from 0 to 1073741823`,
  })),
  "numbers-exhausted": errorRow("limit", ({ name, version }: { name: string; version: string }) => ({
    message: `there is no ${name} number after that of ${quote(version)}; 1073741823 is the highest`,
    hints: [name === "build" ? "create a new version" : "raise the number to its left, or choose another name"],
  })),
  "invalid-numeric-form": errorRow("invalid", ({ value }: { value: string }) => ({
    message: `${quote(value)} is not the numeric form of a version; allowed: whole numbers from 0 to 2^120 - 1`,
  })),
  "inexact-numeric-form": errorRow("invalid", ({ value }: { value: number }) => ({
    message: `the number ${value} is above 2^53, where JavaScript's numbers lose digits; the numeric form of a version is given as BigInt or text`,
    hints: ["read the JSON of messages with a parser that keeps the text of large numbers"],
  })),
});

function describeFaults({ diagnostics }: InvalidText) {
  return { message: diagnostics.map(({ message }) => message).join("; "), hints: diagnostics.flatMap(({ help }) => help ?? []) };
}

import { errorRow, errorTable, quote, type Diagnostic } from "@imagewright/diagnostics";

interface InvalidText {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The errors of this package. Faults in texts are diagnostics; the `parse…` functions throw them as `invalid-…`, with the diagnostics in
 * `data`.
 */
export const modelError = errorTable("imagebuilder-model", {
  "invalid-arn": errorRow("invalid", describeFaults),
  "no-single-version": errorRow("invalid", ({ arn }: { arn: string }) => ({
    message: `the ARN ${quote(arn)} names no single version; allowed: the ARN of a version or of a build`,
  })),
  "too-many-tags": errorRow("limit", ({ count, limit }: { count: number; limit: number }) => ({
    message: `the resource would have ${count} tags; allowed: at most ${limit}`,
    hints: ["remove tags that are no longer needed"],
  })),
  "invalid-page-token": errorRow("invalid", ({ reason }: { reason: string }) => ({
    message: `the token of the next page is not valid: ${reason}`,
    hints: ["begin with the first page again"],
  })),
});

function describeFaults({ diagnostics }: InvalidText) {
  return { message: diagnostics.map(({ message }) => message).join("; "), hints: diagnostics.flatMap(({ help }) => help ?? []) };
}

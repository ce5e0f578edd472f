import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** The failures of the program itself. */
export const ibError = errorTable("ib", {
  "input-not-readable": errorRow("failed", ({ path, cause }: UnreadableInput) => ({
    message: `${quote(path)} cannot be read: ${cause}`,
    hints: ["check the path; - is standard input"],
  })),
  cancelled: errorRow("failed", ({ logs }: { logs?: string }) => ({
    message: logs === undefined ? "cancelled" : `cancelled; the logs are in ${logs}`,
  })),
  "hand-over-failed": errorRow("failed", ({ target, caller, problem, kept }: FailedHandOver) => ({
    message: `the results could not be handed over to the user ${caller} in ${target}: ${problem}`,
    hints: [`root has them: ${kept.join(", ")}`],
  })),
  "neither-expression-nor-file": errorRow("invalid", ({ argument, meant }: { argument: string; meant?: string }) => ({
    message: `${quote(argument)} is neither a schedule expression nor an existing file`,
    hints: [
      ...(meant === undefined ? [] : [`write ${quote(meant)}`]),
      'an expression is "cron(0 8 * * ? *)", "rate(7 days)", or the six fields of cron alone',
      "a file is named by its path; - is standard input",
    ],
  })),
  "restart-refused": errorRow("invalid", ({ step }: { step: string }) => ({
    message: `step ${quote(step)} asks for a restart of this machine, which ib does not do`,
    hints: ["run the document in a container, with --in", "or with ib-agent on a machine that may restart"],
  })),
});

/** What a command was to read, and cannot. */
export interface UnreadableInput {
  readonly path: string;
  readonly cause: string;
  readonly isMissing: boolean;
}

interface FailedHandOver {
  /** The folder that the caller of sudo would have got. */
  readonly target: string;
  readonly caller: string;
  readonly problem: string;
  /** Where root has the results. */
  readonly kept: readonly string[];
}

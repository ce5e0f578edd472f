import { describeCause, isImagewrightError, toJson, type JsonDiagnostic } from "@imagewright/diagnostics";
import { FaultsFound, usageHints, type CommandFailure } from "./failure-text.js";
import { WrongUsage } from "./wrong-usage.js";

/** What `--json` prints on standard output for every failure, in place of a result. */
export interface FailureJson {
  readonly error: {
    /** `wrong-usage`, `faults-found`, `cancelled`, `internal`, or the code of an operation that failed, such as `ib/input-not-readable`. */
    readonly code: string;
    readonly message: string;
    /** What can be done. */
    readonly hints: readonly string[];
    /** The exit code of the process. */
    readonly exitCode: number;
    /** The faults of the input, for `faults-found`. */
    readonly diagnostics?: readonly JsonDiagnostic[];
    /** What could not be read, where several files were given, for `faults-found`. */
    readonly failures?: readonly {
      readonly code: string;
      readonly message: string;
      readonly hints: readonly string[];
      readonly data: unknown;
    }[];
    /** What the message is made of, for an operation that failed or was cancelled. */
    readonly data?: unknown;
  };
}

export interface FailureContext {
  readonly exitCode: number;
  /** The words of the command; empty where no command is known. */
  readonly command: string;
}

/** A failure for `--json`. */
export function failureJson(thrown: CommandFailure, { exitCode, command }: FailureContext): FailureJson {
  const { message } = thrown;
  if (isImagewrightError(thrown, "ib/cancelled")) return { error: { code: "cancelled", message, hints: [], exitCode, data: thrown.data } };
  if (thrown instanceof FaultsFound) {
    const failures = thrown.several?.failures.map(({ code, message: problem, hints, data }) => ({ code, message: problem, hints, data }));
    const found = { diagnostics: toJson(thrown.diagnostics), ...(failures !== undefined && { failures }) };
    return { error: { code: "faults-found", message, hints: [], exitCode, ...found } };
  }
  if (isImagewrightError(thrown)) return { error: { code: thrown.code, message, hints: thrown.hints, exitCode, data: thrown.data } };
  if (thrown instanceof WrongUsage) return { error: { code: "wrong-usage", message, hints: usageHints(command), exitCode } };
  return { error: { code: "internal", message: describeCause(thrown), hints: [], exitCode } };
}

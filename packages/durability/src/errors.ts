import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

interface LocalFile {
  readonly file: string;
}

/** As far as it is known. */
interface LeaseHolder {
  readonly pid: number | undefined;
  readonly hostName: string | undefined;
}

function describeHolder({ pid, hostName }: LeaseHolder): string {
  return pid === undefined ? "another process" : `process ${pid} on ${quote(hostName ?? "")}`;
}

/** Operations that break the rules of the port, and executions that cannot be recorded or continued. */
export const durabilityError = errorTable("durability", {
  "key-not-allowed": errorRow("invalid", ({ key, limit }: { key: string; limit: number }) => ({
    message: `the key ${quote(key)} is not allowed: keys have 1 to ${limit} characters`,
  })),
  "key-repeated": errorRow("invalid", ({ key, branch }: { key: string; branch: string }) => ({
    message: `the key ${quote(key)} is used twice in the branch ${quote(branch)}`,
  })),
  "operations-overlap": errorRow("invalid", ({ started, running, branch }: { started: string; running: string; branch: string }) => ({
    message: `${started} was started in the branch ${quote(branch)} while ${running} was in progress`,
    hints: [
      "operations of a branch run one after the other, and none inside of a step",
      "branches that run side by side are started together and all awaited",
    ],
  })),
  "branch-ended": errorRow("invalid", ({ branch, running }: { branch: string; running: string }) => ({
    message: `the branch ${quote(branch)} ended without waiting for ${running}`,
  })),
  "result-not-json": errorRow("invalid", ({ operation, found }: { operation: string; found: string }) => ({
    message: `the result of ${operation} is not JSON: ${found}`,
  })),
  /** The reason with which a program ends an execution that is to be continued later. */
  interrupted: errorRow("unavailable", ({ reason }: { reason: string }) => ({ message: `the execution was interrupted: ${reason}` })),
  "journal-mismatch": errorRow(
    "conflict",
    ({ branch, position, recorded, asked }: { branch: string; position: number; recorded: string; asked: string }) => ({
      message: `the program does not fit what was recorded: operation ${position} of the branch ${quote(branch)} was ${recorded}, and is now ${asked}`,
      hints: ["continue the execution with the version of the program that started it, or discard it"],
    }),
  ),
  "journal-damaged": errorRow("failed", ({ file, line, cause }: LocalFile & { line: number; cause: string }) => ({
    message: `the journal ${quote(file)} is damaged at line ${line}: ${cause}`,
    hints: ["the execution cannot be continued; discard it"],
  })),
  "journal-of-other-version": errorRow("conflict", ({ file, found, known }: LocalFile & { found: string; known: number }) => ({
    message: `the journal ${quote(file)} has version ${found}; this program reads version ${known}`,
    hints: ["continue the execution with the version of the program that started it, or discard it"],
  })),
  "journal-not-readable": errorRow("failed", ({ file, cause }: LocalFile & { cause: string }) => ({
    message: `the journal ${quote(file)} cannot be read: ${cause}`,
  })),
  "journal-not-written": errorRow("unavailable", ({ file, cause }: LocalFile & { cause: string }) => ({
    message: `the journal ${quote(file)} cannot be written: ${cause}`,
  })),
  "lease-held": errorRow("in-use", (data: LeaseHolder & { execution: string }) => ({
    message: `the execution ${quote(data.execution)} is in progress in ${describeHolder(data)}`,
  })),
  "lease-lost": errorRow("conflict", (data: LeaseHolder & { execution: string }) => ({
    message: `the execution ${quote(data.execution)} was removed or taken over by ${describeHolder(data)}`,
  })),
  "lease-not-written": errorRow("unavailable", ({ folder, cause }: { folder: string; cause: string }) => ({
    message: `the lease in ${quote(folder)} cannot be written: ${cause}`,
  })),
  "message-not-sent": errorRow("unavailable", ({ file, key, cause }: LocalFile & { key: string; cause: string }) => ({
    message: `the message ${quote(key)} cannot be left beside ${quote(file)}: ${cause}`,
  })),
});

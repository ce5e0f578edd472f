import { constants } from "node:os";
import { endFlushed, type Flush } from "./end-flushed.js";
import { killRunning } from "./running-groups.js";

/** The signals that ask a program to end. */
export const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export type EndingSignal = (typeof ENDING_SIGNALS)[number];

/** The exit code of a program that a signal has ended, as shells have it: 130, 143 or 129. */
export function exitCodeOfSignal(signal: EndingSignal): number {
  return 128 + constants.signals[signal];
}

/** Ends this process at once, with the process groups of the programs that it runs. */
export function endBySignal(signal: EndingSignal): void {
  killRunning();
  if (!hasFileOperation()) process.exit(exitCodeOfSignal(signal));
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/**
 * Ends a cancelled program by `endBySignal` as soon as its output is flushed and its operations on files have ended, or after a second,
 * whatever still hangs: a connection, a file that is a pipe, a reader of the output that does not read.
 */
export function endCancelled(signal: EndingSignal, flush: Flush): void {
  const afterFiles = (end: () => void): void => void (hasFileOperation() ? setTimeout(afterFiles, 10, end) : end());
  endFlushed(
    () => endBySignal(signal),
    (flushed) => flush(() => afterFiles(flushed)),
  );
}

/** Node's exit waits for operations on files, and the opening of a pipe that nobody writes may never end; a signal does not wait. */
function hasFileOperation(): boolean {
  const { getActiveResourcesInfo } = process as Partial<Pick<NodeJS.Process, "getActiveResourcesInfo">>;
  return getActiveResourcesInfo?.().some((name) => name.startsWith("FSReq")) ?? false;
}

import { constants } from "node:os";
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

const PATIENCE_MILLISECONDS = 1_000;

/**
 * Ends a cancelled program by `endBySignal` as soon as its output is flushed and its operations on files have ended, or after a second,
 * whatever still hangs: a connection, a file that is a pipe, a reader of the output that does not read.
 */
export function endCancelled(signal: EndingSignal, flush: (flushed: () => void) => void): void {
  const timer = setTimeout(() => endBySignal(signal), PATIENCE_MILLISECONDS);
  const end = (): void => {
    if (hasFileOperation()) {
      setTimeout(end, 10);
      return;
    }
    clearTimeout(timer);
    endBySignal(signal);
  };
  flush(end);
}

/** Node's exit waits for operations on files, and the opening of a pipe that nobody writes may never end; a signal does not wait. */
function hasFileOperation(): boolean {
  const { getActiveResourcesInfo } = process as Partial<Pick<NodeJS.Process, "getActiveResourcesInfo">>;
  return getActiveResourcesInfo?.().some((name) => name.startsWith("FSReq")) ?? false;
}

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
  if (!hasHangingRead()) process.exit(exitCodeOfSignal(signal));
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Node's exit waits for operations on files, and the opening of a pipe that nobody writes may never end; a signal does not wait. */
function hasHangingRead(): boolean {
  const { getActiveResourcesInfo } = process as Partial<Pick<NodeJS.Process, "getActiveResourcesInfo">>;
  return getActiveResourcesInfo?.().some((name) => name.startsWith("FSReq")) ?? false;
}

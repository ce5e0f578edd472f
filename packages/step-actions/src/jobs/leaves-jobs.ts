import { isImagewrightError } from "@imagewright/diagnostics";

const REASONS = ["durability/lease-lost", "durability/interrupted"];

/** Whether an aborted process leaves its jobs alone: another may be working on the execution, or continues it later. */
export function leavesJobs({ reason }: AbortSignal): boolean {
  return isImagewrightError(reason) && REASONS.includes(reason.code);
}

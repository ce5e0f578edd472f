import { isImagewrightError } from "@imagewright/diagnostics";

/** Whether the process may no longer work on the execution: another may be working on it, so its jobs are left alone. */
export function isLeaseLost({ reason }: AbortSignal): boolean {
  return isImagewrightError(reason) && reason.code === "durability/lease-lost";
}

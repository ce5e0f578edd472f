import { PLATFORM_TITLES, type Platform } from "@imagewright/action-contract";
import { listOf } from "@imagewright/diagnostics";

/** The message for actions that a program can check but not run. */
export function describeNotRunnable(actions: ReadonlySet<string>, platform: Platform): string {
  return `this program can check ${listOf(actions, "and")} for ${PLATFORM_TITLES[platform]}, but not run ${actions.size === 1 ? "it" : "them"}`;
}

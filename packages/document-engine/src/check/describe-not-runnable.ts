import { PLATFORM_TITLES, type Platform } from "@imagewright/action-contract";
import { listOf } from "@imagewright/diagnostics";

/** What is said of actions of which a program has no more than the contracts. */
export function describeNotRunnable(actions: ReadonlySet<string>, platform: Platform): string {
  return `this program can check ${listOf(actions, "and")} for ${PLATFORM_TITLES[platform]}, and not run ${actions.size === 1 ? "it" : "them"}`;
}

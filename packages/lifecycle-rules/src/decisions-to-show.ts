import type { LifecycleDecision, DecisionCode } from "./plan/decision.js";

// the rule has been applied already, or does not apply to such resources
const IDLE: ReadonlySet<DecisionCode> = new Set(["already", "not-included"]);
const NOT_DUE: ReadonlySet<DecisionCode> = new Set(["younger", "newest"]);

/** The relevant decisions about a resource: the actions, the rules that are due but keep it, and why the next rule is not due. */
export function decisionsToShow(decisions: readonly LifecycleDecision[]): readonly LifecycleDecision[] {
  const next = nextToCome(decisions);
  return decisions.filter((decision) => decision.action !== "KEEP" || decision === next || isHeldBack(decision));
}

/** The first decision after the last action, preferably one that is not idle. */
function nextToCome(decisions: readonly LifecycleDecision[]): LifecycleDecision | undefined {
  const later = decisions.slice(decisions.findLastIndex(({ action }) => action !== "KEEP") + 1);
  return later.find(({ code }) => !IDLE.has(code)) ?? later[0];
}

function isHeldBack({ code }: LifecycleDecision): boolean {
  return !IDLE.has(code) && !NOT_DUE.has(code);
}

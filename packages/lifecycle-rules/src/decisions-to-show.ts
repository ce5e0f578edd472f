import type { Decision, DecisionCode } from "./plan/decision.js";

// the rule has been done, or is never done to such resources
const IDLE: ReadonlySet<DecisionCode> = new Set(["already", "not-included"]);
const NOT_DUE: ReadonlySet<DecisionCode> = new Set(["younger", "newest"]);

/** The relevant decisions about a resource: the actions, the rules that are due but keep it, and why the next rule is not due. */
export function decisionsToShow(decisions: readonly Decision[]): readonly Decision[] {
  const next = nextToCome(decisions);
  return decisions.filter((decision) => decision.action !== "KEEP" || decision === next || isHeldBack(decision));
}

/** The first of the rules after the last that acts: if there is any, not one that is idle. */
function nextToCome(decisions: readonly Decision[]): Decision | undefined {
  const later = decisions.slice(decisions.findLastIndex(({ action }) => action !== "KEEP") + 1);
  return later.find(({ code }) => !IDLE.has(code)) ?? later[0];
}

function isHeldBack({ code }: Decision): boolean {
  return !IDLE.has(code) && !NOT_DUE.has(code);
}

import type { DataReport } from "@imagewright/yaml-syntax";
import { addPeriod, periodText } from "../calendar.js";
import type { PolicyDetail } from "./policy-schema.js";
import { ACTIONS } from "./policy.js";

interface PlacedRule {
  readonly position: number;
  readonly detail: PolicyDetail;
}

// the first day of each month of four years: these include the longest and the shortest months and years
const STARTS = Array.from({ length: 48 }, (_, month) => Date.UTC(2024, month, 1));

/** Reports rules with the same action, and warns of a rule by age that is never due later than a rule that should come before it. */
export function checkRuleOrder(details: readonly PolicyDetail[], report: DataReport): void {
  const rules = details.map((detail, position) => ({ detail, position }));
  for (const { detail, position } of rules) {
    const { type } = detail.action;
    const first = rules.find((other) => other.detail.action.type === type);
    if (first === undefined || first.position === position) continue;
    const related = report.related(["policyDetails", first.position, "action", "type"], `the first "${type}" rule`);
    report.error("repeated-rule", ["policyDetails", position, "action", "type"], `a policy has at most one "${type}" rule`, { related });
  }
  const inOrder = [...rules].sort((a, b) => rankOf(a) - rankOf(b));
  for (const [index, later] of inOrder.entries()) {
    for (const earlier of inOrder.slice(0, index)) if (rankOf(earlier) < rankOf(later)) warnOfAges(earlier, later, report);
  }
}

function rankOf({ detail }: PlacedRule): number {
  return ACTIONS.indexOf(detail.action.type);
}

function warnOfAges(earlier: PlacedRule, later: PlacedRule, report: DataReport): void {
  const [before, after] = [ageOf(earlier.detail), ageOf(later.detail)];
  if (before === undefined || after === undefined) return;
  if (!STARTS.every((start) => addPeriod(start, after) <= addPeriod(start, before))) return;
  const message = `the "${later.detail.action.type}" rule comes after ${periodText(after)}, not later than the "${earlier.detail.action.type}" rule after ${periodText(before)}`;
  const related = report.related(["policyDetails", earlier.position, "filter"], `the "${earlier.detail.action.type}" rule`);
  report.warning("rule-not-later", ["policyDetails", later.position, "filter"], message, { related });
}

function ageOf({ filter: { type, value, unit } }: PolicyDetail) {
  return type === "AGE" && unit !== undefined ? { value, unit } : undefined;
}

import type { Cursor } from "@imagewright/diagnostics";
import { addPeriod, periodText } from "../calendar.js";
import { ACTIONS, type LifecycleRule } from "./policy.js";

interface ReadRule {
  readonly cursor: Cursor;
  readonly rule: LifecycleRule;
}

// the first day of each month of four years: a month or a year is as long and as short as it gets from one of them
const STARTS = Array.from({ length: 48 }, (_, month) => Date.UTC(2024, month, 1));

/** Reports two rules of one action, and warns of a rule by age that is never later than one that should come before it. */
export function checkRuleOrder(rules: readonly ReadRule[]): void {
  for (const [position, { cursor, rule }] of rules.entries()) {
    const first = rules.slice(0, position).find((other) => other.rule.action === rule.action);
    const type = cursor.member("action").member("type");
    if (first !== undefined) {
      const related = first.cursor.member("action").member("type").related(`the first "${rule.action}" rule`);
      type.fault("repeated-rule", `a policy has at most one "${rule.action}" rule`, { related });
    }
  }
  const inOrder = [...rules].sort((a, b) => place(a) - place(b));
  for (const [position, later] of inOrder.entries()) {
    for (const earlier of inOrder.slice(0, position)) if (place(earlier) < place(later)) warnOfAges(earlier, later);
  }
}

function place({ rule }: ReadRule): number {
  return ACTIONS.indexOf(rule.action);
}

function warnOfAges(earlier: ReadRule, later: ReadRule): void {
  const [before, after] = [earlier.rule.filter, later.rule.filter];
  if (before.type !== "AGE" || after.type !== "AGE") return;
  if (!STARTS.every((start) => addPeriod(start, after.period) <= addPeriod(start, before.period))) return;
  const message = `the "${later.rule.action}" rule comes after ${periodText(after.period)}, not later than the "${earlier.rule.action}" rule after ${periodText(before.period)}`;
  const related = earlier.cursor.member("filter").related(`the "${earlier.rule.action}" rule`);
  later.cursor.member("filter").fault("rule-not-later", message, { related, warning: true });
}

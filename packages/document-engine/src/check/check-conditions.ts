import type { DiagnosticCollector } from "@imagewright/diagnostics";
import { checkCondition } from "@imagewright/conditions";
import { toPlain } from "@imagewright/yaml-syntax";
import { hasReferences } from "../references/template.js";
import type { Step } from "../syntax/document.js";
import { DECISION_KEYS } from "../syntax/read-condition.js";
import { placeFault } from "./place-fault.js";

/** Reports every fault of a step's `if` that can be found before its references are resolved. */
export function checkStepCondition({ condition }: Step, found: DiagnosticCollector): void {
  if (condition === undefined) return;
  const faults = checkCondition(toPlain(condition.node), { extraKeys: DECISION_KEYS });
  found.add(faults.flatMap((fault) => placeFault(fault, condition.node, '"if"', ({ text }) => hasReferences(text)) ?? []));
}

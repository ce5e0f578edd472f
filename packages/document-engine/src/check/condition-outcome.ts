import { knownVerdict } from "@imagewright/conditions";
import { toPlain } from "@imagewright/yaml-syntax";
import type { KnownValues } from "../references/known-values.js";
import type { Step, StepDecision } from "../syntax/document.js";

/** The decision of `if`, as far as it is known before the run. */
export type ConditionOutcome = StepDecision | "not known";

/** The step's condition must have been visited. */
export function conditionOutcome({ condition }: Step, values: KnownValues): ConditionOutcome {
  if (condition === undefined) return "Execute";
  const plain = toPlain(condition.node, (scalar) => {
    const known = values.of(scalar, "no loop");
    return known.kind === "text" && known.text !== undefined ? known.text : NOT_KNOWN;
  });
  const verdict = knownVerdict(plain);
  return verdict === undefined ? "not known" : verdict ? condition.then : condition.else;
}

const NOT_KNOWN = Symbol("not known");

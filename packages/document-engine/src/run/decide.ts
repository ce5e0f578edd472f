import { evaluateCondition } from "@imagewright/conditions";
import { toPlain } from "@imagewright/yaml-syntax";
import { engineError } from "../errors.js";
import type { Scope } from "../references/scope.js";
import type { Condition } from "../syntax/document.js";
import { DECISION_KEYS } from "../syntax/read-condition.js";
import type { EngineContext } from "./run-request.js";
import type { EvaluatedCondition } from "./evaluated-condition.js";

/** Evaluates a step's condition. Throws for an unknown reference, or if a file to hash cannot be read. */
export async function decide(condition: Condition, scope: Scope, run: EngineContext): Promise<EvaluatedCondition> {
  const plain = toPlain(condition.node, (scalar) => scope.resolveText(scalar));
  const { value, explanation } = await evaluate(plain, run);
  return { value, explanation: run.isQuiet ? "" : explanation, decision: value ? condition.then : condition.else };
}

async function evaluate(plain: unknown, { host, workingDirectory, environment, signal, isQuiet }: EngineContext) {
  try {
    return await evaluateCondition(plain, { host, workingDirectory, environment, signal }, { extraKeys: DECISION_KEYS });
  } catch (thrown) {
    // the reason may contain a value
    throw isQuiet && !signal.aborted ? engineError("condition-hidden", {}) : thrown;
  }
}

import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { evaluateCondition } from "@imagewright/conditions";

/** Evaluates the condition; the explanation goes to the log if it is true, and into the reason if it is false. */
export async function assertCondition(condition: unknown, context: ActionContext): Promise<ActionResult> {
  const { value, explanation } = await evaluateCondition(condition, context);
  if (!value) return { status: "failed", reason: `the condition is false: ${explanation}` };
  context.log(`the condition is true: ${explanation}`);
  return { status: "succeeded", changed: false };
}

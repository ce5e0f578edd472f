import { DiagnosticCollector, type Diagnostic } from "@imagewright/diagnostics";
import type { CheckedWorkflow } from "@imagewright/workflow-engine";
import { ACTIONS_OF_OTHER_HOSTS } from "./not-on-this-host.js";

/**
 * The steps of a workflow that a build host of this machine cannot do, each with its place. Steps with an `if` are left out: only the run
 * shows whether they run, and they fail then.
 */
export function checkHost({ steps }: Pick<CheckedWorkflow, "steps">): readonly Diagnostic[] {
  const reasons = new Map(ACTIONS_OF_OTHER_HOSTS.map(([{ name }, reason]) => [name, reason]));
  const found = new DiagnosticCollector();
  for (const { action, condition } of steps) {
    const reason = reasons.get(action.text);
    if (reason !== undefined && condition === undefined)
      found.error("action-not-on-host", action.span, `${action.text} cannot run here: ${reason}`);
  }
  return found.diagnostics;
}

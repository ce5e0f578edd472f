import { DiagnosticCollector, type Diagnostic } from "@imagewright/diagnostics";
import type { CheckedWorkflow } from "@imagewright/workflow-engine";
import { ACTIONS_OF_OTHER_HOSTS, inputRefusedHere } from "./not-on-this-host.js";

const WHO_TELLS = "a webhook or a bus of ib serve is told who waits, and so is the topic of snsTopicArn";

/**
 * The steps of a workflow that a build host of this machine cannot do, each with its place. Steps with an `if` are left out: only the run
 * shows whether they run, and they fail then.
 */
export function checkHost({ steps }: Pick<CheckedWorkflow, "steps">): readonly Diagnostic[] {
  const reasons = new Map(ACTIONS_OF_OTHER_HOSTS.map(([{ name }, reason]) => [name, reason]));
  const found = new DiagnosticCollector();
  for (const { action, inputs } of steps.filter((step) => step.condition === undefined)) {
    const reason = reasons.get(action.text);
    if (reason !== undefined) found.error("action-not-on-host", action.span, `${action.text} cannot run here: ${reason}`);
    for (const { key } of inputs?.entries ?? []) {
      const refused = inputRefusedHere(action.text, key.text);
      if (refused !== undefined) found.error("input-not-on-host", key.span, refused, { help: WHO_TELLS });
    }
  }
  return found.diagnostics;
}

import { hasErrors, renderText, SourceFile } from "@imagewright/diagnostics";
import { stepActionContracts as registry } from "@imagewright/step-actions";
import { checkWorkflow, type WorkflowType, type WorkflowUse } from "@imagewright/workflow-engine";
import { buildError } from "../errors.js";
import type { PlannedWorkflow } from "../plan/build-plan.js";

/**
 * The workflows of one type, as the engine runs them. They had no faults when the build was planned. Errors: workflow-not-runnable, if this
 * version of the program finds faults.
 */
export function plannedUses(workflows: readonly PlannedWorkflow[], type: WorkflowType): Map<WorkflowUse, PlannedWorkflow> {
  return new Map(workflows.filter((planned) => planned.type === type).map((planned) => [useOf(planned), planned]));
}

function useOf({ name, type, path, text, parameters, parallelGroup, onFailure }: PlannedWorkflow): WorkflowUse {
  const { document: workflow, diagnostics } = checkWorkflow(new SourceFile(path, text), { registry, type });
  if (workflow === undefined || hasErrors(diagnostics))
    throw buildError("workflow-not-runnable", { name, faults: renderText(diagnostics) });
  return { workflow, parameters: new Map(parameters.map((one) => [one.name, one.value])), parallelGroup, onFailure };
}

import { hasErrors, renderText, SourceFile } from "@imagewright/diagnostics";
import { stepActionContracts as registry } from "@imagewright/step-actions";
import { checkWorkflow, type WorkflowUse } from "@imagewright/workflow-engine";
import { buildError } from "../errors.js";
import type { PlannedWorkflow } from "./build-plan.js";

/**
 * A workflow of a plan, read from its text, which was without faults when the plan was made. Errors: workflow-not-runnable, if this version
 * of the program finds faults.
 */
export function openPlannedWorkflow({ name, path, text, type, parameters, parallelGroup, onFailure }: PlannedWorkflow): WorkflowUse {
  const { document: workflow, diagnostics } = checkWorkflow(new SourceFile(path, text), { registry, type });
  if (workflow === undefined || hasErrors(diagnostics))
    throw buildError("workflow-not-runnable", { name, faults: renderText(diagnostics) });
  const arn = path.startsWith("arn:") ? { workflowBuildVersionArn: path } : {};
  return { workflow, parameters: new Map(parameters.map((one) => [one.name, one.value])), parallelGroup, onFailure, ...arn };
}

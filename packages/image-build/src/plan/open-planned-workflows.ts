import { SourceFile } from "@imagewright/diagnostics";
import { stepActionContracts as registry } from "@imagewright/step-actions";
import { checkWorkflow, type WorkflowUse } from "@imagewright/workflow-engine";
import type { BuildPlan } from "./build-plan.js";

/** The workflows of a plan, read from their texts, which were without faults when the plan was made. */
export function openPlannedWorkflows({ workflows }: Pick<BuildPlan, "workflows">): WorkflowUse[] {
  return workflows.map(({ path, text, type, parameters, parallelGroup, onFailure }) => {
    const { document: workflow } = checkWorkflow(new SourceFile(path, text), { registry, type });
    if (workflow === undefined) throw new Error(`the plan has the workflow ${path}, which cannot be read`);
    return { workflow, parameters: new Map(parameters.map(({ name, value }) => [name, value])), parallelGroup, onFailure };
  });
}

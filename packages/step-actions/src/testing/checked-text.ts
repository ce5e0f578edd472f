import { renderText, SourceFile } from "@imagewright/diagnostics";
import { checkWorkflow, type CheckedWorkflow, type WorkflowType } from "@imagewright/workflow-engine";
import { stepActionContracts } from "../step-action-contracts.js";

/** A workflow with these steps, each on a line of its own; `LAUNCH` and `IN` are shortcuts. Throws for a fault. */
export function checkedSteps(steps: readonly string[], type: WorkflowType = "BUILD"): CheckedWorkflow {
  const text = `schemaVersion: 1.0\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}`;
  const { document, diagnostics } = checkWorkflow(new SourceFile("w.yaml", text), { registry: stepActionContracts, type });
  if (document === undefined || diagnostics.length > 0) throw new Error(renderText(diagnostics));
  return document;
}

export const LAUNCH = "{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }";
/** The input `instanceId` of a step after `LAUNCH`. */
export const IN = "instanceId.$: $.stepOutputs.Launch.instanceId";
export const TERMINATE = `{ name: End, action: TerminateInstance, inputs: { ${IN}, waitForTermination: true } }`;

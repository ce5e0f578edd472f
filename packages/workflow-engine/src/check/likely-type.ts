import { enumValues } from "@imagewright/imagebuilder-model";
import type { WorkflowType } from "../actions/step-action.js";
import type { StepActionRegistry } from "../actions/step-action-registry.js";
import type { WorkflowDocument } from "../syntax/workflow-document.js";

/** The type of which the fewest actions of a document are not; of several, the first: BUILD, TEST, DISTRIBUTION. */
export function likelyType({ steps }: WorkflowDocument, registry: StepActionRegistry): WorkflowType {
  const misplaced = (type: WorkflowType) =>
    steps.filter(({ action }) => registry.get(action.text)?.workflowTypes.includes(type) === false).length;
  return [...enumValues("WorkflowType")].sort((a, b) => misplaced(a) - misplaced(b))[0] ?? "BUILD";
}

/** The types in which all actions of a document that are known are allowed. */
export function possibleWorkflowTypes({ steps }: Pick<WorkflowDocument, "steps">, registry: StepActionRegistry): readonly WorkflowType[] {
  const allowed = steps.flatMap(({ action }) => registry.get(action.text) ?? []).map(({ workflowTypes }) => workflowTypes);
  return enumValues("WorkflowType").filter((type) => allowed.every((types) => types.includes(type)));
}

import { SourceFile } from "@imagewright/diagnostics";
import type { Api, OperationName } from "@imagewright/imagebuilder-model";
import { stepActionContracts as registry } from "@imagewright/step-actions";
import { checkWorkflow, type CheckedWorkflow } from "@imagewright/workflow-engine";
import { invalidValue } from "../errors/api-errors.js";
import { faultsIn } from "./faults-in.js";

/**
 * Reads a workflow document and checks it by the contracts of the step actions, for its type. `parameter` is
 * the member that it came from. Throws InvalidParameterValueException with all faults.
 */
export function readWorkflowDocument(
  operation: OperationName,
  text: string,
  { parameter, type }: { readonly parameter: string; readonly type: Api.WorkflowType },
): CheckedWorkflow {
  const { document, diagnostics } = checkWorkflow(new SourceFile("document", text), { registry, type });
  const faults = faultsIn(diagnostics);
  if (document === undefined || faults !== undefined) throw invalidValue(operation, parameter, faults ?? "it is no workflow document");
  return document;
}

/** The parameters of a workflow as GetWorkflow shows them: a default is a list of texts. */
export function parametersOfWorkflow({ parameters }: CheckedWorkflow): Api.WorkflowParameterDetail[] {
  return parameters.map(({ name, type, default: value, description }) => ({
    name: name.text,
    type,
    ...(value === undefined ? {} : { defaultValue: typeof value === "object" ? [...value] : [String(value)] }),
    ...(description === undefined ? {} : { description }),
  }));
}

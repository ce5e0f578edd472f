import { stepActionContracts as registry } from "@imagewright/step-actions";
import type { Diagnostic, SourceFile } from "@imagewright/diagnostics";
import { openDocuments, WORKFLOW_DOCUMENTS, type Take } from "@imagewright/resource-files";
import { checkWorkflow, possibleWorkflowTypes, type CheckedWorkflow, type WorkflowType } from "@imagewright/workflow-engine";
import { typeOfWord } from "./workflow-types.js";

/** A workflow, with all types for which it is valid: one if that is given, or what its resource says. */
export interface TypedWorkflow extends CheckedWorkflow {
  readonly types: readonly WorkflowType[];
}

export interface CheckedWorkflowFile {
  readonly workflows: readonly TypedWorkflow[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks the workflow documents of a file for a type; without one, for that of their resource, or the one that their actions suggest. */
export function checkWorkflowFile(source: SourceFile, take: Take, type: WorkflowType | undefined): CheckedWorkflowFile {
  const { documents, diagnostics } = openDocuments(source, take, WORKFLOW_DOCUMENTS);
  const checked = documents.map((text) => {
    const options = { registry, type: type ?? typeOfWord(text.type) };
    const { document: found, diagnostics: faults } = checkWorkflow(text.source, options, text.parsed);
    const document = found && { ...found, types: options.type === undefined ? possibleWorkflowTypes(found, registry) : [found.type] };
    return { document, faults: faults.filter(({ span }) => !text.isOpen(span)) };
  });
  return {
    workflows: checked.flatMap(({ document }) => document ?? []),
    diagnostics: [...diagnostics, ...checked.flatMap(({ faults }) => faults)],
  };
}

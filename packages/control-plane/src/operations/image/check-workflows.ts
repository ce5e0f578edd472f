import { SourceFile } from "@imagewright/diagnostics";
import type { Api, Checked } from "@imagewright/imagebuilder-model";
import { stepActionContracts as registry } from "@imagewright/step-actions";
import {
  bindWorkflowParameters,
  checkGivenParameters,
  checkWorkflow,
  checkWorkflowUses,
  type WorkflowUse,
} from "@imagewright/workflow-engine";
import type { ResourceRow } from "../../database/tables.js";
import { faultsIn } from "../../documents/faults-in.js";
import { invalidCombination, invalidValue } from "../../errors/api-errors.js";
import type { CallContext } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";

const NAMED = {
  parameter: "workflows",
  types: ["workflow/build", "workflow/test", "workflow/distribution"],
  levels: ["versionless", "selection", "version", "build"],
} as const;

/** The workflows that an image or pipeline names, with the role that runs them. */
export type NamedWorkflows = Pick<Checked<Api.CreateImageRequest>, "workflows" | "executionRole">;

/**
 * Checks the workflows of an image by the engine that runs them: that they exist, how many there are of each type, what only test workflows
 * have, their parameters, and references between them. Workflows need a role. Throws for the first of these that is wrong, with all its
 * faults. Source: API model, `WorkflowConfiguration`, `CreateImageRequest.executionRole`; guide chapter 41.
 */
export async function checkWorkflowsOf(
  context: CallContext,
  { workflows = [], executionRole }: NamedWorkflows,
): Promise<readonly ResourceRow[]> {
  const { operation } = context;
  if (workflows.length === 0) return [];
  if (executionRole === undefined) throw invalidCombination(operation, "A request with 'workflows' must have 'executionRole'");
  const [rows, uses]: [ResourceRow[], WorkflowUse[]] = [[], []];
  for (const configuration of workflows) {
    const row = await findResource(context, configuration.workflowArn, NAMED, { keep: true });
    rows.push(row);
    uses.push(useOf(row, configuration));
  }
  const together = checkWorkflowUses(uses);
  // what is wrong with them together says more than values that do not fit because of it
  const all = together.length > 0 ? together : uses.flatMap(faultsOfValues);
  const faults = all.filter(({ severity }) => severity === "error");
  if (faults.length > 0) throw invalidValue(operation, "workflows", faults.map(({ message }) => message).join("; "));
  return rows;
}

function useOf({ arn, type, document }: ResourceRow, configuration: Checked<Api.WorkflowConfiguration>): WorkflowUse {
  const { parameters = [], parallelGroup, onFailure } = configuration;
  const checked = checkWorkflow(new SourceFile(arn, document ?? ""), { registry, type: typeOf(type) });
  if (checked.document === undefined)
    throw new Error(`the document of ${arn} can no longer be read: ${faultsIn(checked.diagnostics) ?? ""}`);
  return {
    workflow: { ...checked.document, name: arn.slice(arn.indexOf("workflow/")) },
    ...{ workflowBuildVersionArn: arn, parallelGroup, onFailure },
    parameters: new Map(parameters.map(({ name, value }) => [name, value])),
  };
}

function faultsOfValues({ workflow, parameters = new Map<string, readonly string[]>() }: WorkflowUse) {
  return checkGivenParameters(workflow, registry, bindWorkflowParameters(workflow, parameters).values);
}

function typeOf(type: string): "BUILD" | "TEST" | "DISTRIBUTION" {
  return type === "workflow/test" ? "TEST" : type === "workflow/distribution" ? "DISTRIBUTION" : "BUILD";
}

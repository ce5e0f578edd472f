import { readArn, type Api } from "@imagewright/imagebuilder-model";
import { toPlain, valueOf, type ValueNode } from "@imagewright/yaml-syntax";
import type { RecipeWorkflow } from "./recipe.js";

const TYPES: Readonly<Record<string, Api.WorkflowType>> = {
  "workflow/build": "BUILD",
  "workflow/test": "TEST",
  "workflow/distribution": "DISTRIBUTION",
};

/** The type of workflow in an ARN; undefined for other texts. */
export function typeInArn(arn: string): Api.WorkflowType | undefined {
  return TYPES[readArn(arn).value?.type ?? ""];
}

interface PlainWorkflow extends Omit<Partial<RecipeWorkflow>, "parameters"> {
  readonly workflowArn?: string;
  readonly parameters?: readonly { readonly name: string; readonly value: string | readonly string[] }[];
}

/** The workflows of a recipe whose form has no faults. */
export function readWorkflows(recipe: ValueNode): readonly RecipeWorkflow[] | undefined {
  const list = valueOf(recipe, "workflows");
  if (list?.kind !== "sequence") return undefined;
  return list.items.map((item) => readWorkflow(item, toPlain(item) as PlainWorkflow));
}

function readWorkflow(item: ValueNode, plain: PlainWorkflow): RecipeWorkflow {
  const { document, workflowArn = "", parameters = [], parallelGroup, onFailure } = plain;
  return {
    document: document ?? workflowArn,
    type: plain.type ?? typeInArn(workflowArn),
    parameters: new Map(parameters.map(({ name, value }) => [name, typeof value === "string" ? [value] : value])),
    ...{ parallelGroup, onFailure },
    documentSpan: (valueOf(item, "document") ?? valueOf(item, "workflowArn") ?? item).span,
  };
}

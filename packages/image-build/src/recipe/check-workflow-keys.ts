import { quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import { entryOf, isMisspelled, valueOf, type MappingNode, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";
import { typeInArn } from "./read-workflows.js";

const KEYS = ["document", "workflowArn", "type", "parameters", "parallelGroup", "onFailure"];

/** What the form of `workflows` does not say: which keys go together, and that names are not repeated. */
export function checkWorkflowKeys(recipe: ValueNode, found: DiagnosticCollector): void {
  const workflows = valueOf(recipe, "workflows");
  for (const item of workflows?.kind === "sequence" ? workflows.items : []) {
    if (item.kind !== "mapping") continue;
    checkLocation(item, found);
    checkType(item, found);
    checkParameterNames(valueOf(item, "parameters"), found);
  }
}

function checkLocation(item: MappingNode, found: DiagnosticCollector): void {
  const [document, arn] = [valueOf(item, "document"), entryOf(item, "workflowArn")];
  const hasArn = valueOf(item, "workflowArn") !== undefined;
  const isMeant = ["document", "workflowArn"].some((key) => isMisspelled(item, key, KEYS));
  if (document === undefined && !hasArn && !isMeant)
    found.error("missing-key", item.entries[0]?.key.span ?? item.span, 'each item of "workflows" must have "document" or "workflowArn"');
  if (document !== undefined && hasArn && arn !== undefined)
    found.error(
      "value-not-allowed",
      arn.key.span,
      '"document" and "workflowArn" stand in one workflow; each names one, so one is too many',
    );
  if (document?.kind === "scalar" && /^arn:/i.test(document.text))
    found.error("value-not-allowed", document.span, `"document" must be a path or an s3:// address; found ${quote(document.text)}`, {
      help: 'write the ARN of a workflow under "workflowArn"',
    });
}

function checkType(item: MappingNode, found: DiagnosticCollector): void {
  const [type, arn] = [scalarAt(item, "type"), scalarAt(item, "workflowArn")];
  const ofArn = arn === undefined ? undefined : typeInArn(arn.text);
  if (type === undefined || ofArn === undefined || type.text === ofArn) return;
  found.error("value-not-allowed", type.span, `"type" must be ${quote(ofArn)}, as "workflowArn" says; found ${quote(type.text)}`);
}

function checkParameterNames(parameters: ValueNode | undefined, found: DiagnosticCollector): void {
  const first = new Map<string, ScalarNode>();
  for (const item of parameters?.kind === "sequence" ? parameters.items : []) {
    const name = scalarAt(item, "name");
    const earlier = name === undefined ? undefined : first.get(name.text);
    if (name !== undefined && earlier !== undefined)
      found.error("duplicate-name", name.span, `the parameter ${quote(name.text)} is given twice`, {
        related: [{ message: "first given here", span: earlier.span }],
      });
    else if (name !== undefined) first.set(name.text, name);
  }
}

function scalarAt(node: ValueNode, key: string): ScalarNode | undefined {
  const value = valueOf(node, key);
  return value?.kind === "scalar" ? value : undefined;
}

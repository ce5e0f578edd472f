import { DiagnosticCollector, quote, unknownName, type Diagnostic } from "@imagewright/diagnostics";
import { toPlain, type MappingNode, type ValueNode } from "@imagewright/yaml-syntax";
import type { CheckedWorkflow } from "@imagewright/workflow-engine";
import { bindCommand } from "./bind-command.js";
import type { CommandDocument } from "./command-document.js";
import { runCommandContract } from "./contract.js";
import { STANDARD_COMMAND_DOCUMENTS } from "./standard-documents.js";

/**
 * The steps with RunCommand of a workflow without errors whose command document is not there, or does not take their parameters, as far as
 * both are known before the run. Steps with an `if` are left out, as by `checkHost`.
 */
export function checkCommands({ steps }: Pick<CheckedWorkflow, "steps">, own: ReadonlyMap<string, CommandDocument>): readonly Diagnostic[] {
  const documents = new Map([...STANDARD_COMMAND_DOCUMENTS, ...own]);
  const found = new DiagnosticCollector();
  for (const { action, condition, inputs } of steps) {
    if (inputs === undefined) continue;
    const name = inputOf(inputs, "documentName");
    if (action.text !== runCommandContract.name || condition !== undefined || name?.kind !== "scalar" || hasPath(name)) continue;
    const document = documents.get(name.text);
    if (document === undefined) {
      found.error("unknown-command-document", name.span, unknownName("command document", name.text, [...documents.keys()].sort()));
      continue;
    }
    const parameters = inputOf(inputs, "parameters");
    if (inputOf(inputs, "parameters.$") !== undefined || (parameters !== undefined && hasPath(parameters))) continue;
    const given = parameters === undefined ? {} : (toPlain(parameters, ({ text }) => text) as Readonly<Record<string, readonly string[]>>);
    for (const fault of bindCommand(document, given).faults)
      found.error("command-parameter", (parameters ?? name).span, `command document ${quote(name.text)}: ${fault}`);
  }
  return found.diagnostics;
}

function inputOf({ entries }: MappingNode, name: string): ValueNode | undefined {
  return entries.find(({ key }) => key.text === name)?.value;
}

/** Whether what is written may be replaced in the run. */
function hasPath(node: ValueNode): boolean {
  if (node.kind === "scalar") return node.text.includes("$.");
  return node.kind === "sequence"
    ? node.items.some(hasPath)
    : node.entries.some(({ key, value }) => key.text.endsWith(".$") || hasPath(value));
}

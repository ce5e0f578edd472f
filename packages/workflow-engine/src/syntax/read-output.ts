import type { DiagnosticCollector } from "@imagewright/diagnostics";
import { Fields, type MappingNode } from "@imagewright/yaml-syntax";
import { labelOfPart } from "./label.js";
import type { WorkflowOutput } from "./workflow-document.js";

/** One entry of `outputs`. */
export function readWorkflowOutput(entry: MappingNode, found: DiagnosticCollector): WorkflowOutput | undefined {
  const fields = new Fields(entry, labelOfPart("output", entry), found).allow(["name", "value"]);
  const name = fields.requiredName("name");
  const value = fields.scalar("value", fields.required("value"));
  return name === undefined || value === undefined ? undefined : { name, value };
}

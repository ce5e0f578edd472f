import { quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import { Fields, type MappingNode } from "@imagewright/yaml-syntax";
import { labelOfPart } from "./label.js";
import { readParameterValue } from "./parameter-value.js";
import { PARAMETER_TYPES, type WorkflowParameter, type WorkflowParameterType } from "./workflow-document.js";

const LONGEST_NAME = 128;

/** One entry of `parameters`. `defaultValue`, the name that the API has for it, counts as `default`. */
export function readWorkflowParameter(entry: MappingNode, found: DiagnosticCollector): WorkflowParameter | undefined {
  const label = labelOfPart("parameter", entry);
  const fields = new Fields(entry, label, found).allow(["name", "type", "default", "defaultValue", "description"]);
  const name = fields.requiredName("name");
  if (name !== undefined && name.text.length > LONGEST_NAME)
    found.error("name-not-allowed", name.span, `the name of a parameter has at most ${LONGEST_NAME} characters; found ${name.text.length}`);
  const type: WorkflowParameterType = fields.oneOf("type", "string", PARAMETER_TYPES);
  const alias = fields.given("defaultValue");
  if (alias !== undefined) found.warning("spelling", fields.placeOf("defaultValue"), `${label}: write "default", not "defaultValue"`);
  const written = fields.value("default") ?? fields.value("defaultValue");
  if (name === undefined) return undefined;
  const typeNode = fields.value("type");
  const hasUnreadType = fields.isMisspelled("type") || (typeNode !== undefined && !(typeNode.kind === "scalar" && typeNode.text === type));
  const read = written === undefined || hasUnreadType ? undefined : readParameterValue(written, type);
  if (written !== undefined && read?.problem !== undefined)
    found.error("wrong-type", written.span, `the default of parameter ${quote(name.text)} ${read.problem}`);
  // a default with a fault is still a default: that the parameter has no value is not reported too
  const value = written === undefined ? undefined : (read?.value ?? "");
  const unread = new Set([
    ...(hasUnreadType ? (["type", "default"] as const) : []),
    ...(read?.problem !== undefined ? (["default"] as const) : []),
  ]);
  return { name, type, default: value, defaultSpan: written?.span, description: fields.text("description"), unread };
}

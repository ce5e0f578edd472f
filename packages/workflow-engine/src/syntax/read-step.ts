import { quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import { Fields, type MappingNode, type Name, type ScalarNode } from "@imagewright/yaml-syntax";
import { labelOfPart } from "./label.js";
import { STEP_ON_FAILURE, type WorkflowStep } from "./workflow-document.js";

const STEP_KEYS = ["name", "action", "description", "if", "inputs", "onFailure", "rollbackEnabled", "timeoutSeconds"];
const STEP_NAME = /^[A-Za-z0-9_-]{2,128}$/;
const LONGEST_DESCRIPTION = 1024;

/** One entry of `steps`. */
export function readWorkflowStep(node: MappingNode, found: DiagnosticCollector): WorkflowStep | undefined {
  const label = labelOfPart("step", node);
  const fields = new Fields(node, label, found).allow(STEP_KEYS, { help: 'write the inputs of the action under "inputs"' });
  const name = fields.requiredName("name");
  const action = fields.requiredName("action");
  checkName(name, found);
  const settings = {
    description: readDescription(fields, label, found),
    condition: fields.value("if"),
    onFailure: fields.oneOf("onFailure", "Abort", STEP_ON_FAILURE),
    rollbackEnabled: readRollbackEnabled(fields, found),
    timeoutSeconds: fields.integer("timeoutSeconds", { test: (value) => value > 0, description: "a whole number of seconds above 0" }),
  };
  const inputs = fields.mapping("inputs")?.node;
  const hasUnreadInputs = fields.isMisspelled("inputs") || (inputs === undefined && fields.value("inputs") !== undefined);
  if (name === undefined || action === undefined) return undefined;
  return { name, action, ...settings, inputs, hasUnreadInputs, span: node.span };
}

function checkName(name: Name | undefined, found: DiagnosticCollector): void {
  if (name === undefined || STEP_NAME.test(name.text)) return;
  const message = `the step name ${quote(name.text)} is not allowed; a name has 2 to 128 of the characters 0-9, a-z, A-Z, "-" and "_"`;
  found.error("name-not-allowed", name.span, message);
}

function readDescription(fields: Fields, label: string, found: DiagnosticCollector): string | undefined {
  const scalar = fields.scalar("description");
  if (scalar === undefined) return undefined;
  if (scalar.text === "") found.error("value-empty", scalar.span, `"description" of ${label} must not be empty`);
  const { length } = [...scalar.text];
  if (length > LONGEST_DESCRIPTION)
    found.error("value-not-allowed", scalar.span, `"description" has at most ${LONGEST_DESCRIPTION} characters; found ${length}`);
  return scalar.text;
}

/** A text is a reference, which is checked with the others. */
function readRollbackEnabled(fields: Fields, found: DiagnosticCollector): boolean | ScalarNode {
  const expected = "true, false or a reference";
  const scalar = fields.scalar("rollbackEnabled", fields.value("rollbackEnabled"), expected);
  if (scalar === undefined) return true;
  const { text, span } = scalar;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if (text.trim().startsWith("$.")) return scalar;
  found.error("wrong-type", span, `"rollbackEnabled" must be ${expected}; found ${quote(text)}`);
  return true;
}

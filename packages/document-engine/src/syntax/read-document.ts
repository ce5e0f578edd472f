import { DiagnosticCollector, quote, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import {
  describeNode,
  Fields,
  parseYaml,
  type MappingNode,
  type Name,
  type ParsedText,
  templateHelp,
  type ValueNode,
} from "@imagewright/yaml-syntax";
import { ON_FAILURE, STEP_DEFAULTS, type ComponentDocument, type Condition, type Loop, type Phase, type Step } from "./document.js";
import { readStepCondition } from "./read-condition.js";
import { readLoop } from "./read-loop.js";
import { readConstant, readParameter } from "./read-variables.js";
import { checkUnique } from "./unique-names.js";

export interface ParsedDocument {
  /** Undefined if the text is not YAML or not a mapping. */
  readonly document: ComponentDocument | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const DOCUMENT_KEYS = ["name", "description", "schemaVersion", "constants", "parameters", "phases"];
const STEP_KEYS = ["name", "action", "timeoutSeconds", "onFailure", "maxAttempts", "inputs", "if", "loop", "disableLogging"];
const STEP_NAME = /^[0-9a-zA-Z_-]+$/;

/**
 * Reads a component document (YAML or JSON). All faults of its form are reported; reading continues after each, unless the text is not
 * YAML. `parsed` is what `parseYaml` gives of the source, where the caller has it already.
 */
export function parseDocument(source: SourceFile, parsed: ParsedText = parseYaml(source)): ParsedDocument {
  const { root, diagnostics, isYaml } = parsed;
  if (!isYaml) return { document: undefined, diagnostics };
  const found = new DiagnosticCollector();
  found.add(diagnostics);
  const document = root?.kind === "mapping" ? readDocument(source, root, found) : undefined;
  if (document === undefined && !found.hasErrors) {
    const what = root === undefined ? "the document is empty" : `a component document must be a mapping; found ${describeNode(root)}`;
    found.error("wrong-type", root?.span ?? { source, start: 0, end: 0 }, what, {
      help: 'a document has "schemaVersion: 1.0" and "phases:"',
    });
  }
  return { document, diagnostics: found.diagnostics };
}

function readDocument(source: SourceFile, node: MappingNode, found: DiagnosticCollector): ComponentDocument {
  const fields = new Fields(node, "the document", found).allow(DOCUMENT_KEYS);
  checkSchemaVersion(fields, found);
  const constants = fields.list("constants").flatMap((entry) => readConstant(entry, found) ?? []);
  const parameters = fields.list("parameters").flatMap((entry) => readParameter(entry, found) ?? []);
  const phases = readPhases(fields, found);
  const isUnread = (key: string, read: number) => fields.isMisspelled(key) || read < itemsOf(fields.value(key));
  const unread = new Set([
    ...(isUnread("constants", constants.length) || isUnread("parameters", parameters.length) ? (["variables"] as const) : []),
    ...(isUnread("phases", phases.length) ? (["phases"] as const) : []),
  ]);
  checkUnique(
    "name",
    [...constants, ...parameters].map((variable) => variable.name),
    found,
  );
  checkUnique(
    "phase name",
    phases.map((phase) => phase.name),
    found,
  );
  return { source, name: fields.text("name"), description: fields.text("description"), constants, parameters, phases, unread };
}

/** The number of items that a list should have: one or more if it is no list. */
function itemsOf(node: ValueNode | undefined): number {
  return node === undefined ? 0 : node.kind === "sequence" ? node.items.length : 1;
}

function checkSchemaVersion(fields: Fields, found: DiagnosticCollector): void {
  const version = fields.scalar("schemaVersion", fields.required("schemaVersion"), "1.0");
  if (version !== undefined && !/^1(\.0+)?$/.test(version.text)) {
    found.error("value-not-allowed", version.span, `"schemaVersion" must be 1.0; found ${quote(version.text)}`);
  }
}

function readPhases(fields: Fields, found: DiagnosticCollector): Phase[] {
  const node = fields.required("phases");
  if (node?.kind === "sequence" && node.items.length === 0) found.error("value-empty", node.span, '"phases" must not be empty');
  return fields.list("phases", node).flatMap((entry) => readPhase(entry, found) ?? []);
}

function readPhase(node: MappingNode, found: DiagnosticCollector): Phase | undefined {
  const fields = new Fields(node, labelOf("phase", node), found).allow(["name", "steps"]);
  const name = fields.requiredName("name");
  const listed = fields.required("steps");
  if (listed?.kind === "sequence" && listed.items.length === 0)
    found.error("value-empty", listed.span, `${labelOf("phase", node)} must have at least one step`);
  const steps = fields.list("steps", listed).flatMap((entry) => readStep(entry, found) ?? []);
  checkUnique(
    "step name",
    steps.map((step) => step.name),
    found,
  );
  checkUnique(
    "loop name",
    steps.flatMap((step) => step.loop?.name ?? []),
    found,
  );
  const hasUnreadSteps = listed === undefined || steps.length < itemsOf(listed);
  return name === undefined ? undefined : { name, steps, hasUnreadSteps };
}

function readStep(node: MappingNode, found: DiagnosticCollector): Step | undefined {
  const fields = new Fields(node, labelOf("step", node), found).allow(STEP_KEYS, { help: 'write the inputs of the action under "inputs"' });
  const name = fields.requiredName("name");
  const action = fields.requiredName("action");
  checkStepName(name, found);
  const settings = {
    timeoutSeconds: fields.integer("timeoutSeconds", {
      test: (value) => value === -1 || value > 0,
      description: "a whole number of seconds above 0, or -1 for no limit",
    }),
    maxAttempts: fields.integer("maxAttempts", { test: (value) => value > 0, description: "a whole number above 0" }),
    onFailure: fields.oneOf("onFailure", STEP_DEFAULTS.onFailure, ON_FAILURE),
    disableLogging: fields.boolean("disableLogging"),
    condition: conditionOf(fields, found),
    loop: loopOf(fields, found),
  };
  if (name === undefined || action === undefined) return undefined;
  const unread = new Set([
    ...(fields.isMisspelled("inputs") ? (["inputs"] as const) : []),
    ...(settings.loop === undefined && (fields.value("loop") !== undefined || fields.isMisspelled("loop")) ? (["loop"] as const) : []),
  ]);
  return { name, action, ...settings, inputs: fields.value("inputs"), unread, span: node.span };
}

function conditionOf(fields: Fields, found: DiagnosticCollector): Condition | undefined {
  const value = fields.value("if");
  return value === undefined ? undefined : readStepCondition(value, found);
}

function loopOf(fields: Fields, found: DiagnosticCollector): Loop | undefined {
  const loop = fields.mapping("loop");
  return loop === undefined ? undefined : readLoop(loop.node, found);
}

function checkStepName(name: Name | undefined, found: DiagnosticCollector): void {
  if (name === undefined || STEP_NAME.test(name.text)) return;
  found.error(
    "name-not-allowed",
    name.span,
    `the step name ${quote(name.text)} is not allowed; a name has the characters 0-9, a-z, A-Z, "-" and "_"`,
    templateHelp(name.text),
  );
}

function labelOf(what: string, node: MappingNode): string {
  const name = node.entries.find((entry) => entry.key.text === "name")?.value;
  return name?.kind === "scalar" && name.text !== "" ? `${what} ${quote(name.text)}` : `a ${what}`;
}

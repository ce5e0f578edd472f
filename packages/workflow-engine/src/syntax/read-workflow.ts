import { DiagnosticCollector, quote, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import { describeNode, Fields, parseYaml, type MappingNode, type Name, type ParsedText, type ValueNode } from "@imagewright/yaml-syntax";
import { readWorkflowOutput } from "./read-output.js";
import { readWorkflowParameter } from "./read-parameter.js";
import { readWorkflowStep } from "./read-step.js";
import type { WorkflowDocument } from "./workflow-document.js";

export interface ParsedWorkflow {
  /** Undefined if the text is not YAML or not a mapping. */
  readonly document: WorkflowDocument | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const DOCUMENT_KEYS = ["name", "description", "schemaVersion", "parameters", "steps", "outputs"];
/** Source: guide chapter 37. */
const MOST_STEPS = 15;

/**
 * Reads a workflow document (YAML or JSON). All faults of its form are reported; reading continues after each, unless the text is not
 * YAML. `parsed` is what `parseYaml` gives of the source, where the caller has it already.
 */
export function parseWorkflow(source: SourceFile, parsed: ParsedText = parseYaml(source)): ParsedWorkflow {
  const { root, diagnostics, isYaml } = parsed;
  if (!isYaml) return { document: undefined, diagnostics };
  const found = new DiagnosticCollector();
  found.add(diagnostics);
  const document = root?.kind === "mapping" ? readDocument(source, root, found) : undefined;
  if (document === undefined && !found.hasErrors) {
    const what = root === undefined ? "the document is empty" : `a workflow document must be a mapping; found ${describeNode(root)}`;
    found.error("wrong-type", root?.span ?? { source, start: 0, end: 0 }, what, {
      help: 'a document has "schemaVersion: 1.0" and "steps:"',
    });
  }
  return { document, diagnostics: found.diagnostics };
}

function readDocument(source: SourceFile, node: MappingNode, found: DiagnosticCollector): WorkflowDocument {
  const fields = new Fields(node, "the document", found).allow(DOCUMENT_KEYS, { needed: ["schemaVersion", "steps"] });
  checkSchemaVersion(fields, found);
  const parameters = fields.list("parameters").flatMap((entry) => readWorkflowParameter(entry, found) ?? []);
  const steps = readSteps(fields, found);
  const outputs = fields.list("outputs").flatMap((entry) => readWorkflowOutput(entry, found) ?? []);
  checkNames("parameter", parameters, found);
  checkNames("step", steps, found);
  checkNames("output", outputs, found);
  const isUnread = (key: string, read: number) => fields.isMisspelled(key) || read < itemsOf(fields.value(key));
  const unread = new Set([
    ...(isUnread("parameters", parameters.length) ? (["parameters"] as const) : []),
    ...(isUnread("steps", steps.length) || steps.length === 0 ? (["steps"] as const) : []),
  ]);
  return { source, name: fields.text("name"), description: fields.text("description"), parameters, steps, outputs, unread };
}

function checkSchemaVersion(fields: Fields, found: DiagnosticCollector): void {
  const version = fields.scalar("schemaVersion", fields.required("schemaVersion"), "1.0");
  if (version !== undefined && !/^1(\.0+)?$/.test(version.text))
    found.error("value-not-allowed", version.span, `"schemaVersion" must be 1.0; found ${quote(version.text)}`);
}

function readSteps(fields: Fields, found: DiagnosticCollector) {
  const node = fields.required("steps");
  if (node?.kind === "sequence" && node.items.length === 0) found.error("value-empty", node.span, '"steps" must not be empty');
  const listed = fields.list("steps", node);
  const extra = listed[MOST_STEPS];
  if (extra !== undefined)
    found.error("too-many-steps", extra.span, `a workflow has at most ${MOST_STEPS} steps; found ${listed.length}`, {
      help: "do more in one step, such as a RunCommand or a component, or divide the work between workflows",
    });
  return listed.flatMap((entry) => readWorkflowStep(entry, found) ?? []);
}

/** The number of items that a list should have: one or more if it is no list. */
function itemsOf(node: ValueNode | undefined): number {
  return node === undefined ? 0 : node.kind === "sequence" ? node.items.length : 1;
}

/** Reports every duplicate name, with both places. */
function checkNames(what: string, named: readonly { readonly name: Name }[], found: DiagnosticCollector): void {
  const first = new Map<string, Name>();
  for (const { name } of named) {
    const earlier = first.get(name.text);
    if (earlier === undefined) first.set(name.text, name);
    else
      found.error("duplicate-name", name.span, `the ${what} name ${quote(name.text)} is used twice`, {
        related: [{ message: "first used here", span: earlier.span }],
      });
  }
}

import { count, DiagnosticCollector, listOf, quote, unknownName, type Diagnostic } from "@imagewright/diagnostics";
import type { ScalarNode } from "@imagewright/yaml-syntax";
import { workflowScalars } from "../references/workflow-scalars.js";
import { isReference, textParts, type WorkflowReference } from "../references/workflow-reference.js";
import { bindWorkflowParameters } from "../values/bind-parameters.js";
import { groupsOf, nameOfUse, placeOfUse, type WorkflowUse } from "./workflow-use.js";

/** Source: guide chapter 41. */
const MOST = { BUILD: 1, TEST: 10, DISTRIBUTION: 1 } as const;

/**
 * Reports what is wrong with the workflows of one image together: their numbers, settings that only test workflows have, parameters, names
 * of outputs, and references to outputs that no earlier workflow has.
 */
export function checkWorkflowUses(uses: readonly WorkflowUse[]): Diagnostic[] {
  const found = new DiagnosticCollector();
  checkNumbers(uses, found);
  for (const use of uses) checkSettings(use, found);
  const earlier = new Map<string, WorkflowUse>();
  for (const group of groupsOf(uses)) {
    for (const use of group) checkOutputReferences(use, uses, earlier, found);
    for (const use of group) addOutputs(use, earlier, found);
  }
  return found.diagnostics;
}

function checkNumbers(uses: readonly WorkflowUse[], found: DiagnosticCollector): void {
  for (const [type, most] of Object.entries(MOST)) {
    const ofType = uses.filter(({ workflow }) => workflow.type === type);
    const extra = ofType[most];
    if (extra === undefined) continue;
    const message = `an image has at most ${count(most, "workflow")} of the type ${type}; found ${ofType.length}`;
    found.error("too-many-workflows", placeOfUse(extra), message);
  }
}

function checkSettings(use: WorkflowUse, found: DiagnosticCollector): void {
  const { workflow, parameters = new Map() } = use;
  const name = quote(nameOfUse(use));
  const settings = (["parallelGroup", "onFailure"] as const).filter((key) => use[key] !== undefined);
  if (workflow.type !== "TEST" && settings.length > 0) {
    const message = `only test workflows have ${listOf(settings, "and")}; the type of ${name} is ${workflow.type}`;
    found.error("setting-of-tests", placeOfUse(use), message);
  }
  for (const fault of bindWorkflowParameters(workflow, parameters).faults)
    found.error("parameter-value", placeOfUse(use), `workflow ${name}: ${fault}`);
}

function addOutputs(use: WorkflowUse, earlier: Map<string, WorkflowUse>, found: DiagnosticCollector): void {
  for (const { name } of use.workflow.outputs) {
    const other = earlier.get(name.text);
    if (other === undefined) {
      earlier.set(name.text, use);
      continue;
    }
    const message = `workflow ${quote(nameOfUse(other))} has an output ${quote(name.text)} too; names are unique among the workflows of an image`;
    found.error("duplicate-output", name.span, message);
  }
}

type UsesByOutput = ReadonlyMap<string, WorkflowUse>;

/** Outputs flow forward only, so workflows cannot wait for each other. */
function checkOutputReferences(use: WorkflowUse, uses: readonly WorkflowUse[], earlier: UsesByOutput, found: DiagnosticCollector): void {
  const check = (scalar: ScalarNode, { name, written }: WorkflowReference) => {
    const later = uses.find(({ workflow }) => workflow.outputs.some((output) => output.name.text === name));
    if (later === undefined) {
      found.error("unknown-reference", scalar.span, unknownName("output of an earlier workflow", name, earlier.keys()));
      return;
    }
    const owner = later === use ? "this workflow" : `workflow ${quote(nameOfUse(later))}`;
    found.error("later-workflow", scalar.span, `${quote(written)} is an output of ${owner}, which does not run before this one`);
  };
  for (const scalar of workflowScalars(use.workflow))
    for (const part of textParts(scalar)) {
      if (isReference(part) && part.root === "workflowOutputs" && !earlier.has(part.name)) check(scalar, part);
    }
}

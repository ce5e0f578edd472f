import { count, listOf, quote, unknownName, type DiagnosticCollector } from "@imagewright/diagnostics";
import type { ActionRegistry } from "@imagewright/action-contract";
import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import type { ComponentDocument } from "../syntax/document.js";
import { StepIndex, type LocatedStep } from "../syntax/step-index.js";
import { childOf, inputItems, walkScalars } from "../syntax/walk.js";
import { placeOfReference } from "./place.js";
import { hasReferences, parseTemplate, type ChainTarget, type Reference } from "./template.js";

type Report = (code: string, message: string, help?: string) => void;

/** Reports every reference in a document that leads nowhere, to a later step, or to an input or output that does not exist. */
export function checkReferences(document: ComponentDocument, registry: ActionRegistry, found: DiagnosticCollector): void {
  const index = new StepIndex(document);
  const variables = [...document.constants, ...document.parameters].map((variable) => variable.name.text);
  const checker = new ReferenceChecker(index, variables, registry);
  for (const located of index.all) {
    walkScalars(located.step.inputs, (scalar) => {
      for (const [reference, report] of referencesOf(scalar, found)) checker.check(reference, located, report);
    });
  }
}

function* referencesOf(scalar: ScalarNode, found: DiagnosticCollector): Generator<[Reference, Report]> {
  if (!hasReferences(scalar.text)) return;
  for (const part of parseTemplate(scalar.text)) {
    if (typeof part === "string") continue;
    yield [part, (code, message, help) => found.error(code, placeOfReference(scalar, part.ordinal), message, help === undefined ? {} : { help })];
  }
}

class ReferenceChecker {
  constructor(
    private readonly index: StepIndex,
    private readonly variables: readonly string[],
    private readonly registry: ActionRegistry,
  ) {}

  check(reference: Reference, from: LocatedStep, report: Report): void {
    const { target } = reference;
    if (target.kind === "variable" && !this.variables.includes(target.name)) {
      report("unknown-reference", unknownName("parameter or constant", target.name, this.variables));
    } else if (target.kind === "chain") this.#checkChain(target, from, report);
    else if (target.kind === "parameter-store") report("not-supported", `the reference ${quote(reference.text)} is not supported by this version of Imagewright`);
    else if (target.kind === "unreadable") {
      report("unreadable-reference", `cannot read the reference ${quote(reference.text)}`, "a reference is a parameter, a constant, phase.step.outputs.name or phase.step.inputs[0].name");
    }
  }

  #checkChain(target: ChainTarget, from: LocatedStep, report: Report): void {
    const located = this.#findStep(target, report);
    if (located === undefined) return;
    if (located.order >= from.order) {
      const which = located.order === from.order ? "itself" : `the later step ${quote(target.step)}`;
      report("later-reference", `step ${quote(from.step.name.text)} refers to ${which}; a reference leads to a step that has run before`);
      return;
    }
    const [name] = target.path;
    if (name === undefined) report("unreadable-reference", `the reference must name one of the ${target.side} of step ${quote(target.step)}`);
    else if (target.side === "outputs") this.#checkOutput(target, String(name), located, report);
    else checkInput(target, located, report);
  }

  #findStep(target: ChainTarget, report: Report): LocatedStep | undefined {
    if (!this.index.phases.includes(target.phase)) report("unknown-reference", unknownName("phase", target.phase, this.index.phases));
    else if (this.index.find(target.phase, target.step) === undefined) {
      report("unknown-reference", `phase ${quote(target.phase)}: ${unknownName("step", target.step, this.index.stepsOf(target.phase))}`);
    }
    return this.index.find(target.phase, target.step);
  }

  #checkOutput(target: ChainTarget, name: string, { step }: LocatedStep, report: Report): void {
    const action = this.registry.get(step.action.text);
    if (action === undefined) return; // the unknown action is reported by itself
    if (!Object.hasOwn(action.outputs, name)) {
      report("unknown-reference", `${action.name}: ${unknownName("output", name, Object.keys(action.outputs))}`);
    } else checkItem(target, action.input.shape === "list" ? Math.max(inputItems(step).length, 1) : 1, report); // without inputs it runs once
  }
}

/** `inputs[0].path` must exist in the document as it is written. */
function checkInput(target: ChainTarget, { step }: LocatedStep, report: Report): void {
  const items = inputItems(step);
  if (!checkItem(target, items.length, report)) return;
  let node: ValueNode | undefined = items[target.item ?? 0];
  for (const key of target.path) {
    const keys: string[] = node?.kind === "mapping" ? node.entries.map((entry) => entry.key.text) : [];
    const next = childOf(node, key);
    if (next === undefined) {
      const problem = typeof key === "number" ? `there is no item ${key}` : unknownName("input", key, keys);
      report("unknown-reference", `step ${quote(target.step)}: ${problem}`);
      return;
    }
    node = next;
  }
}

function checkItem(target: ChainTarget, items: number, report: Report): boolean {
  if (target.item === undefined && items > 1) {
    const forms = Array.from({ length: Math.min(items, 3) }, (_, item) => `${target.side}[${item}]`);
    report("unknown-reference", `step ${quote(target.step)} has ${items} items; say which one: ${listOf(forms)}`);
    return false;
  }
  if ((target.item ?? 0) < items) return true;
  report("unknown-reference", `step ${quote(target.step)} has ${count(items, "item")}; there is no ${target.side}[${target.item ?? 0}]`);
  return false;
}

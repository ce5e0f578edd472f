import { outputsOfAllItems, type ActionContract } from "@imagewright/action-contract";
import { count, listOf, quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import type { ValueNode } from "@imagewright/yaml-syntax";
import type { CheckedFor } from "../check/checked-document.js";
import { contractsOf, faultsOnPlatforms } from "../check/on-platforms.js";
import type { ComponentDocument, Step } from "../syntax/document.js";
import { StepIndex, type LocatedStep } from "../syntax/step-index.js";
import { childOf, inputItems, walkScalars } from "../syntax/walk.js";
import { placeOfReference } from "./place.js";
import { asLiteral, referencesIn, type ChainTarget, type LoopTarget, type Reference } from "./template.js";
import { UnknownNames } from "./unknown-names.js";

type Report = (severity: "error" | "warning", code: string, message: string, help?: string) => void;

/** Reports every reference in a document to an unknown name, to a later step, or to a missing input or output. */
export function checkReferences(document: ComponentDocument, checkedFor: CheckedFor, found: DiagnosticCollector): void {
  const index = new StepIndex(document);
  const checker = new ReferenceChecker(document, index, checkedFor);
  for (const located of index.all) {
    const { step } = located;
    walkReferences([step.inputs], found, (reference, report) => checker.check(reference, located, "inputs", report));
    walkReferences(settingNodes(step), found, (reference, report) => checker.check(reference, located, "settings", report));
  }
}

/** The parts of a step besides its inputs that may contain references: the condition, and the loop's values. */
export function settingNodes({ condition, loop }: Step): readonly ValueNode[] {
  const looped =
    loop === undefined || loop.values.kind === "range" ? [] : loop.values.kind === "list" ? loop.values.items : [loop.values.list];
  return [...(condition === undefined ? [] : [condition.node]), ...looped];
}

function walkReferences(
  nodes: readonly (ValueNode | undefined)[],
  found: DiagnosticCollector,
  visit: (reference: Reference, report: Report) => void,
): void {
  for (const node of nodes) {
    walkScalars(node, (scalar) => {
      for (const part of referencesIn(scalar) ?? []) {
        if (typeof part === "string") continue;
        visit(part, (severity, code, message, help) =>
          found[severity](code, placeOfReference(scalar, part.ordinal), message, help === undefined ? {} : { help }),
        );
      }
    });
  }
}

class ReferenceChecker {
  readonly #variables: ReadonlySet<string>;
  readonly #loops: ReadonlySet<string>;
  readonly #unknown = new UnknownNames();
  /** Whether the value of an input depends on the iteration. */
  readonly #looped = new Map<ValueNode, boolean>();

  constructor(
    document: ComponentDocument,
    private readonly index: StepIndex,
    private readonly checkedFor: CheckedFor,
  ) {
    this.#variables = new Set([...document.constants, ...document.parameters].map((variable) => variable.name.text));
    this.#loops = new Set(index.all.flatMap(({ step }) => step.loop?.name?.text ?? []));
  }

  check(reference: Reference, from: LocatedStep, side: "inputs" | "settings", report: Report): void {
    const { target } = reference;
    switch (target.kind) {
      case "variable":
        return this.#checkVariable(target.name, reference, report);
      case "store-resolve":
        return target.of.kind === "variable" ? this.#checkVariable(target.of.name, reference, report) : undefined;
      case "chain":
        return this.#checkChain(target, from, report);
      case "loop":
        return this.#checkLoop(target, reference, from, side, report);
      case "unreadable":
        return report("error", "unreadable-reference", `cannot read the reference ${quote(reference.text)}`, helpFor(reference));
      case "store":
      case "literal":
    }
  }

  #checkVariable(name: string, reference: Reference, report: Report): void {
    if (this.#variables.has(name)) return;
    report(
      "error",
      "unknown-reference",
      this.#unknown.describe("parameter or constant", name, this.#variables),
      this.#variables.size === 0 ? helpFor(reference) : undefined,
    );
  }

  #checkLoop({ name }: LoopTarget, reference: Reference, { step }: LocatedStep, side: "inputs" | "settings", report: Report): void {
    const own = step.loop?.name?.text;
    if (name !== undefined && name !== own && (step.loop !== undefined || !this.#loops.has(name))) {
      report(
        "error",
        "unknown-reference",
        this.#unknown.describe("loop", name, new Set(["loop", ...(own === undefined ? [] : [own])])),
        step.loop === undefined ? helpFor(reference) : undefined,
      );
    } else if (side === "settings") {
      report(
        "error",
        "loop-not-running",
        `${quote(reference.text)} has a value only in "inputs"; "if" and "forEach" are settled before the loop begins`,
      );
    } else if (step.loop === undefined) {
      report(
        "warning",
        "loop-not-running",
        `step ${quote(step.name.text)} has no loop, so ${quote(reference.written)} stays as it is written`,
        `to pass it on on purpose, write ${asLiteral(reference)}`,
      );
    }
  }

  #checkChain(target: ChainTarget, from: LocatedStep, report: Report): void {
    const located = this.#findStep(target, report);
    if (located === undefined) return;
    if (located.order >= from.order) {
      const which = located.order === from.order ? "itself" : `the later step ${quote(target.step)}`;
      report("error", "later-reference", `step ${quote(from.step.name.text)} refers to ${which}; a reference must lead to an earlier step`);
      return;
    }
    const [name] = target.path;
    if (name === undefined)
      report("error", "unreadable-reference", `the reference must name one of the ${target.side} of step ${quote(target.step)}`);
    else if (target.side === "outputs") this.#checkOutput(target, String(name), located, report);
    else this.#checkInput(target, located, report);
  }

  #findStep(target: ChainTarget, report: Report): LocatedStep | undefined {
    const steps = this.index.phases.get(target.phase);
    const located = steps?.get(target.step);
    if (steps === undefined) report("error", "unknown-reference", this.#unknown.describe("phase", target.phase, this.index.phases));
    else if (located === undefined) {
      report("error", "unknown-reference", `phase ${quote(target.phase)}: ${this.#unknown.describe("step", target.step, steps)}`);
    }
    return located;
  }

  #checkOutput(target: ChainTarget, name: string, { step }: LocatedStep, report: Report): void {
    const { registry, platforms } = this.checkedFor;
    // an action that a platform does not have is reported by itself
    const contracts = contractsOf(step.action.text, registry, platforms);
    for (const { message } of faultsOnPlatforms(contracts, ({ action }) => this.#faultsOfOutput(target, name, step, action)))
      report("error", "unknown-reference", message);
  }

  #faultsOfOutput(target: ChainTarget, name: string, step: Step, { name: action, outputs, input }: ActionContract<unknown>): Faults {
    if (!Object.hasOwn(outputs, name))
      return [{ message: `${action}: ${this.#unknown.describe("output", name, new Set(Object.keys(outputs)))}` }];
    if (target.path.length > 1)
      return [{ message: `the output ${quote(name)} of step ${quote(target.step)} is a text, which has no parts` }];
    if (target.item === undefined && outputsOfAllItems(outputs).includes(name)) return [];
    return faultsOfItem(target, input.shape === "list" ? Math.max(inputItems(step).length, 1) : 1); // without inputs it runs once
  }

  /** `inputs[0].path` must exist in the document as it is written. */
  #checkInput(target: ChainTarget, { step }: LocatedStep, report: Report): void {
    const items = inputItems(step);
    const [fault] = faultsOfItem(target, items.length);
    if (fault !== undefined) return report("error", "unknown-reference", fault.message);
    let node: ValueNode | undefined = items[target.item ?? 0];
    for (const key of target.path) {
      const next = childOf(node, key);
      if (next === undefined) {
        const keys = new Set(node?.kind === "mapping" ? node.entries.map((entry) => entry.key.text) : []);
        const problem = typeof key === "number" ? `there is no item ${key}` : this.#unknown.describe("input", key, keys);
        report("error", "unknown-reference", `step ${quote(target.step)}: ${problem}`);
        return;
      }
      node = next;
    }
    if (step.loop !== undefined && node !== undefined && this.#isLooped(node)) {
      report(
        "error",
        "loop-not-running",
        `the input has another value in each iteration of the loop of step ${quote(target.step)}; there is no single one to refer to`,
      );
    }
  }

  #isLooped(node: ValueNode): boolean {
    let looped = this.#looped.get(node);
    if (looped === undefined) this.#looped.set(node, (looped = hasLoopReference(node)));
    return looped;
  }
}

/** Whether a node's value depends on the iteration of a loop. */
export function hasLoopReference(node: ValueNode): boolean {
  let found = false;
  walkScalars(
    node,
    (scalar) => (found ||= referencesIn(scalar)?.some((part) => typeof part !== "string" && part.target.kind === "loop") === true),
  );
  return found;
}

const FORMS = "a reference is a parameter, a constant, phase.step.outputs.name, phase.step.inputs[0].name, loop.value or aws:ssm:name";

/** Braces that are not a reference are most likely meant for another program, such as Docker, Go or Jinja. */
function helpFor(reference: Reference): string {
  const { text } = reference;
  const isForeign = /^[.$#!-]|[\s|()"']|^\w+(\.value)?$/.test(text) && text.length <= 60 && !text.includes("{{");
  return isForeign ? `braces for another program are written ${asLiteral(reference)}` : FORMS;
}

type Faults = readonly { readonly message: string }[];

function faultsOfItem({ item, side, step }: ChainTarget, items: number): Faults {
  if (item === undefined && items > 1) {
    const forms = Array.from({ length: Math.min(items, 3) }, (_, index) => `${side}[${index}]`);
    return [{ message: `step ${quote(step)} has ${items} items; say which one: ${listOf(forms)}` }];
  }
  if ((item ?? 0) < items) return [];
  return [{ message: `step ${quote(step)} has ${count(items, "item")}; there is no ${side}[${item ?? 0}]` }];
}

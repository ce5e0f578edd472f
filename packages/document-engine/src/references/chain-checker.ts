import { outputsOfAllItems, type ActionContract } from "@imagewright/action-contract";
import { count, listOf, quote } from "@imagewright/diagnostics";
import { isMisspelled, type JsonSchema, type ValueNode } from "@imagewright/yaml-syntax";
import type { CheckedFor } from "../check/checked-document.js";
import { contractsOf, faultsOnPlatforms } from "../check/on-platforms.js";
import type { ComponentDocument, Step } from "../syntax/document.js";
import type { LocatedStep, StepIndex } from "../syntax/step-index.js";
import { childOf, inputItems } from "../syntax/walk.js";
import { hasLoopReference } from "./loop-references.js";
import { referenceError, type ReferenceFault } from "./reference-fault.js";
import type { ChainTarget } from "./template.js";
import { UnknownNames } from "./unknown-names.js";

/** Checks `phase.step.inputs[0].name` and `phase.step.outputs.name`. What follows from a part that could not be read is not reported. */
export class ChainChecker {
  readonly #unread: ComponentDocument["unread"];
  readonly #withUnreadSteps: ReadonlySet<string>;
  readonly #unknown = new UnknownNames();
  /** Whether the value of an input depends on the iteration. */
  readonly #looped = new Map<ValueNode, boolean>();

  constructor(
    { phases, unread }: ComponentDocument,
    private readonly index: StepIndex,
    private readonly checkedFor: CheckedFor,
  ) {
    this.#unread = unread;
    this.#withUnreadSteps = new Set(phases.filter(({ hasUnreadSteps }) => hasUnreadSteps).map(({ name }) => name.text));
  }

  faultsOf(target: ChainTarget, from: LocatedStep): readonly ReferenceFault[] {
    const steps = this.index.phases.get(target.phase);
    const located = steps?.get(target.step);
    if (steps === undefined)
      return this.#unread.has("phases") ? [] : unknown(this.#unknown.describe("phase", target.phase, this.index.phases));
    if (located === undefined) {
      if (this.#withUnreadSteps.has(target.phase)) return [];
      return unknown(`phase ${quote(target.phase)}: ${this.#unknown.describe("step", target.step, steps)}`);
    }
    if (located.order >= from.order) {
      const which = located.order === from.order ? "itself" : `the later step ${quote(target.step)}`;
      const message = `step ${quote(from.step.name.text)} refers to ${which}; a reference must lead to an earlier step`;
      return [referenceError("later-reference", message)];
    }
    const [name] = target.path;
    if (name === undefined)
      return [referenceError("unreadable-reference", `the reference must name one of the ${target.side} of step ${quote(target.step)}`)];
    return target.side === "outputs" ? this.#faultsOfOutput(target, String(name), located) : this.#faultsOfInput(target, located);
  }

  #faultsOfOutput(target: ChainTarget, name: string, { step }: LocatedStep): readonly ReferenceFault[] {
    // an action that a platform does not have is reported by itself
    return faultsOnPlatforms(this.#contractsOf(step), ({ action }) => this.#faultsOnPlatform(target, name, step, action));
  }

  #faultsOnPlatform(target: ChainTarget, name: string, step: Step, { name: action, outputs, input }: ActionContract<unknown>) {
    if (!Object.hasOwn(outputs, name))
      return unknown(`${action}: ${this.#unknown.describe("output", name, new Set(Object.keys(outputs)))}`);
    if (target.path.length > 1) return unknown(`the output ${quote(name)} of step ${quote(target.step)} is a text, which has no parts`);
    if (target.item === undefined && outputsOfAllItems(outputs).includes(name)) return [];
    return faultsOfItem(target, input.shape === "list" ? Math.max(inputItems(step).length, 1) : 1); // without inputs it runs once
  }

  /** `inputs[0].path` must exist in the document as it is written. */
  #faultsOfInput(target: ChainTarget, { step }: LocatedStep): readonly ReferenceFault[] {
    if (this.#hasUnreadInputs(step)) return [];
    const items = inputItems(step);
    const faults = faultsOfItem(target, items.length);
    if (faults.length > 0) return faults;
    let node: ValueNode | undefined = items[target.item ?? 0];
    for (const key of target.path) {
      const next = childOf(node, key);
      if (next === undefined) {
        if (node === items[target.item ?? 0] && this.#isReported(String(key), node, step)) return [];
        const keys = new Set(node?.kind === "mapping" ? node.entries.map((entry) => entry.key.text) : []);
        const problem = typeof key === "number" ? `there is no item ${key}` : this.#unknown.describe("input", key, keys);
        return unknown(`step ${quote(target.step)}: ${problem}`);
      }
      node = next;
    }
    if (step.loop === undefined || node === undefined || !this.#isLooped(node)) return [];
    const message = `the input has another value in each iteration of the loop of step ${quote(target.step)}; there is no single one to refer to`;
    return [referenceError("loop-not-running", message)];
  }

  /** Whether the inputs of a step are missing or of a wrong kind as a whole, which is reported at the step. */
  #hasUnreadInputs(step: Step): boolean {
    if (step.unread.has("inputs")) return true;
    const contracts = this.#contractsOf(step);
    if (step.inputs === undefined) return contracts.some(({ action }) => action.input.optional !== true);
    return contracts.length > 0 && inputItems(step).some(({ kind }) => kind !== "mapping");
  }

  /** Whether the step itself is reported to lack an input, or to have it under a misspelled name. */
  #isReported(key: string, item: ValueNode | undefined, step: Step): boolean {
    return this.#contractsOf(step).some(({ action: { input } }) => {
      const { properties = {}, required = [] } = input.schema as { properties?: Record<string, JsonSchema>; required?: readonly string[] };
      return required.includes(key) || isMisspelled(item, key, Object.keys(properties));
    });
  }

  #contractsOf(step: Step) {
    return contractsOf(step.action.text, this.checkedFor.registry, this.checkedFor.platforms);
  }

  #isLooped(node: ValueNode): boolean {
    let looped = this.#looped.get(node);
    if (looped === undefined) this.#looped.set(node, (looped = hasLoopReference(node)));
    return looped;
  }
}

function faultsOfItem({ item, side, step }: ChainTarget, items: number): readonly ReferenceFault[] {
  if (item === undefined && items > 1) {
    const forms = Array.from({ length: Math.min(items, 3) }, (_, index) => `${side}[${index}]`);
    return unknown(`step ${quote(step)} has ${items} items; say which one: ${listOf(forms)}`);
  }
  if ((item ?? 0) < items) return [];
  return unknown(`step ${quote(step)} has ${count(items, "item")}; there is no ${side}[${item ?? 0}]`);
}

function unknown(message: string): readonly ReferenceFault[] {
  return [referenceError("unknown-reference", message)];
}

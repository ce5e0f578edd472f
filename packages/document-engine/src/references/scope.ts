import type { ActionOutputs } from "@imagewright/action-contract";
import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import { engineError } from "../errors.js";
import type { StepIndex } from "../syntax/step-index.js";
import { childOf, inputItems, walkScalars } from "../syntax/walk.js";
import type { LoopVariables } from "./loop-variables.js";
import { StringList, type StoredValues } from "./stored-values.js";
import { hasReferences, parseTemplate, type ChainTarget, type LoopTarget, type Reference, type StoreTarget, type TemplatePart } from "./template.js";

/** What the references of one document lead to while it runs: its variables, and the inputs and outputs of its steps. */
export class Scope {
  /** Undefined for a step that was skipped. */
  readonly #outputs = new Map<string, readonly ActionOutputs[] | undefined>();
  /** Loops and attempts resolve the same scalars again and again. */
  readonly #templates = new WeakMap<ScalarNode, readonly TemplatePart[] | undefined>();

  constructor(
    private readonly index: StepIndex,
    private readonly variables: ReadonlyMap<string, string>,
    private readonly stored: StoredValues,
  ) {}

  /** Keeps what a step has left, one entry for each item of its inputs; undefined for a step that was skipped. */
  record(phase: string, step: string, outputs: readonly ActionOutputs[] | undefined): void {
    this.#outputs.set(`${phase}.${step}`, outputs);
  }

  /** Fetches the stored values that the nodes refer to, directly or through the inputs of other steps. */
  async fetch(nodes: Iterable<ValueNode | undefined>): Promise<void> {
    const targets: StoreTarget[] = [];
    for (const node of nodes) this.#collect(node, targets);
    if (targets.length > 0) await this.stored.fetch(targets);
  }

  /**
   * A value as plain data with its references resolved. A text that is one whole reference takes the value it leads to.
   * Without a loop, references to one stay as they are written. Throws an ImagewrightError for a reference that leads to nothing.
   */
  resolve(node: ValueNode, loop?: LoopVariables): unknown {
    if (node.kind === "scalar") return node.type === "null" ? undefined : this.#resolveScalar(node, loop);
    if (node.kind === "sequence") return node.items.map((item) => this.resolve(item, loop));
    const entries = node.entries.map(({ key, value }) => [key.text, this.resolve(value, loop)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  /** A scalar as text, lists of a parameter store joined by commas. */
  resolveText(scalar: ScalarNode): string {
    const parts = this.#partsOf(scalar);
    return parts === undefined ? scalar.text : this.#join(parts, undefined);
  }

  #resolveScalar(scalar: ScalarNode, loop: LoopVariables | undefined): unknown {
    const parts = this.#partsOf(scalar);
    if (parts === undefined) return scalar.text;
    const [only] = parts;
    if (parts.length > 1 || only === undefined || typeof only === "string") return this.#join(parts, loop);
    const value = this.#follow(only, loop);
    return value instanceof StringList ? value.items : value;
  }

  #partsOf(scalar: ScalarNode): readonly TemplatePart[] | undefined {
    if (!this.#templates.has(scalar)) this.#templates.set(scalar, hasReferences(scalar.text) ? parseTemplate(scalar.text) : undefined);
    return this.#templates.get(scalar);
  }

  #join(parts: readonly TemplatePart[], loop: LoopVariables | undefined): string {
    return parts.map((part) => (typeof part === "string" ? part : this.#textOf(part, loop))).join("");
  }

  #textOf(reference: Reference, loop: LoopVariables | undefined): string {
    const value = this.#follow(reference, loop);
    if (typeof value === "object" && !(value instanceof StringList)) throw engineError("not-a-text", { reference: reference.text });
    return value === undefined ? "" : String(value);
  }

  #follow({ text, written, target }: Reference, loop: LoopVariables | undefined): unknown {
    switch (target.kind) {
      case "variable":
        return this.#variable(target.name);
      case "chain":
        return target.side === "inputs" ? this.#inputOf(target) : this.#outputOf(target);
      case "store":
      case "store-resolve":
        return this.stored.valueOf(target);
      case "literal":
        return target.text;
      case "loop":
        return loop === undefined ? written : loopValue(target, loop);
      case "unreadable":
        throw engineError("unreadable-reference", { reference: text });
    }
  }

  #variable(name: string): string {
    const value = this.variables.get(name);
    if (value === undefined) throw engineError("unknown-variable", { name, available: [...this.variables.keys()] });
    return value;
  }

  #inputNode(target: ChainTarget): ValueNode | undefined {
    const step = this.index.find(target.phase, target.step)?.step;
    let node = step === undefined ? undefined : inputItems(step)[target.item ?? 0];
    for (const key of target.path) node = childOf(node, key);
    return node;
  }

  #inputOf(target: ChainTarget): unknown {
    const node = this.#inputNode(target);
    return node === undefined ? undefined : this.resolve(node);
  }

  #outputOf({ phase, step, item, path }: ChainTarget): string | number {
    const key = `${phase}.${step}`;
    if (this.#outputs.has(key) && this.#outputs.get(key) === undefined) throw engineError("step-skipped", { phase, step });
    const outputs = this.#outputs.get(key)?.[item ?? 0];
    if (outputs === undefined) throw engineError("outputs-missing", { phase, step, available: [...this.#outputs.keys()] });
    const output = String(path[0]);
    const value = outputs[output];
    if (value === undefined) throw engineError("output-missing", { step, output, available: Object.keys(outputs) });
    if (typeof value === "object") throw engineError("output-cut", { step, output, bytes: value.totalBytes });
    return value;
  }

  #collect(node: ValueNode | undefined, targets: StoreTarget[]): void {
    walkScalars(node, (scalar) => {
      for (const part of this.#partsOf(scalar) ?? []) {
        if (typeof part === "string") continue;
        if (part.target.kind === "store" || part.target.kind === "store-resolve") targets.push(part.target);
        else if (part.target.kind === "chain" && part.target.side === "inputs") this.#collect(this.#inputNode(part.target), targets);
      }
    });
  }
}

function loopValue({ name, member }: LoopTarget, loop: LoopVariables): string {
  if (name !== undefined && name !== loop.name) throw engineError("unknown-loop", { name, own: loop.name });
  return member === "index" ? String(loop.index) : loop.value;
}
